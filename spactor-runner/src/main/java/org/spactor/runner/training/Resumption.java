package org.spactor.runner.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.checkpoint.Checkpoint;
import org.spactor.runner.checkpoint.CheckpointException;
import org.spactor.runner.checkpoint.CheckpointStore;
import org.spactor.runner.checkpoint.Manifest;
import org.spactor.runner.checkpoint.ResumeCheck;
import org.spactor.runner.checkpoint.RunIdentity;
import org.spactor.runner.configuration.ConfigurationWriter;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.configuration.TrainingSettings;
import org.spactor.runner.configuration.problem.ValueOrigin;
import org.spactor.runner.device.DeviceName;

/** Going on from a checkpoint: what is compared, and what is put back. */
public final class Resumption {
    private final Checkpoint checkpoint;
    private final ResumeCheck check;

    /** Goes on from a checkpoint if this check lets it. */
    public Resumption(Checkpoint checkpoint, ResumeCheck check) {
        this.checkpoint = checkpoint;
        this.check = check;
    }

    /**
     * The folder of the run that a user means.
     *
     * @param given the run's folder, or that of one of its checkpoints
     */
    public static Path runFolder(Path given) {
        if (!CheckpointStore.isCheckpoint(given)) {
            return given;
        }
        Path checkpoints = given.getNameCount() > 2
                ? given.getParent()
                : given.toAbsolutePath().normalize().getParent();
        return checkpoints == null || checkpoints.getParent() == null ? given : checkpoints.getParent();
    }

    /**
     * The checkpoint that a user means, read and verified: the one that is given, or the newest of the run; empty if the
     * run has none yet.
     */
    public static Optional<Checkpoint> checkpoint(RunFolder folder, Path given) {
        CheckpointStore store = folder.checkpoints();
        if (CheckpointStore.isCheckpoint(given) && !store.contains(given)) {
            // going on from it would remove the run's later checkpoints and name as the newest one that is not there
            throw new CheckpointException(given + " is not among the checkpoints of the run " + folder.path()
                    + ". To go on from it, copy it into " + folder.path().resolve("checkpoints"));
        }
        Optional<Path> path = CheckpointStore.isCheckpoint(given) ? Optional.of(given) : store.newest();
        return path.map(store::read);
    }

    /**
     * The same, with the checkpoint's number of replicas and its device where the configuration leaves them open: results
     * depend on them.
     */
    public Assembly withWhatItChose(Assembly assembly) {
        SpactorConfiguration configuration = assembly.configuration();
        TrainingSettings settings = configuration.training();
        Manifest.Origin origin = checkpoint.manifest().origin();
        DeviceName device = settings.deviceName();
        settings = settings.withDevice(device instanceof DeviceName.Auto ? origin.device() : device);
        // a card has one replica, however many there were on the CPU
        boolean mayChoose = !(settings.deviceName() instanceof DeviceName.Cuda);
        if (settings.replicaCount().isEmpty() && mayChoose) {
            settings = settings.withReplicas(origin.replicas());
        }
        return assembly.with(configuration.with(settings));
    }

    /**
     * Compares all that is known without reading the data.
     *
     * @return what is not as it was and let through
     * @throws org.spactor.runner.configuration.problem.ConfigurationException if something is not as it was and refused
     */
    public List<RunIdentity.Difference> checkConfiguration(Assembly assembly) {
        return check.check(
                checkpoint.manifest().origin().identity(),
                identity(assembly),
                checkpoint.folder(),
                key -> origin(assembly, key));
    }

    /** Everything that may be another than it was. */
    public Set<String> keys(Assembly assembly) {
        Set<String> keys = new TreeSet<>(identity(assembly).values().keySet());
        keys.addAll(checkpoint.manifest().origin().identity().values().keySet());
        keys.addAll(checkpoint.manifest().origin().data().identity().values().keySet());
        return keys;
    }

    private static RunIdentity identity(Assembly assembly) {
        SpactorConfiguration configuration = assembly.configuration();
        return RunIdentity.of(
                ConfigurationWriter.toTree(configuration),
                Replicas.count(configuration.training(), false),
                assembly.plugins());
    }

    /**
     * Compares the data.
     *
     * @return what is not as it was and let through
     * @throws org.spactor.runner.configuration.problem.ConfigurationException if something is not as it was and refused
     */
    public List<RunIdentity.Difference> checkData(Pretraining run) {
        return check.check(
                checkpoint.manifest().origin().data().identity(),
                run.checkpoints().origin().data().identity(),
                checkpoint.folder(),
                key -> ValueOrigin.DEFAULT);
    }

    /** Where a key was written; what is compared besides the configuration was written nowhere. */
    private static ValueOrigin origin(Assembly assembly, String key) {
        return assembly.resolved().place(key).origin();
    }

    /**
     * Puts back parameters and optimizer, and makes the checkpoint the newest of its run.
     *
     * @param differences what is not as it was and let through
     * @return the checkpoints that were removed, since they were later ones
     */
    public List<Path> restore(
            Pretraining run,
            RunFolder folder,
            SpactorConfiguration configuration,
            List<RunIdentity.Difference> differences) {
        run.checkpoints().restore(checkpoint);
        Map<String, String> accepted = new LinkedHashMap<>();
        for (RunIdentity.Difference difference : differences) {
            if (!difference.harmless()) {
                accepted.put(difference.key(), difference.now());
            }
        }
        return folder.goOnFrom(checkpoint.folder(), configuration, accepted);
    }
}
