package org.spactor.runner.training;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.spactor.runner.checkpoint.CheckpointStore;
import org.spactor.runner.checkpoint.Continuation;
import org.spactor.runner.checkpoint.DurableFiles;
import org.spactor.runner.checkpoint.RunLock;
import org.spactor.runner.configuration.ConfigurationWriter;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.environment.IoReason;

/** The folder that holds all that a run leaves behind, locked for as long as this is open. */
public final class RunFolder implements AutoCloseable {
    private static final String CONFIGURATION = "config.yaml";
    private static final String CONTINUATION = "continuation.json";
    private static final String LOG = "run.log";
    private static final String METRICS = "metrics.jsonl";
    private static final List<String> FILES =
            List.of(RunLock.FILE, LOG, METRICS, CONFIGURATION, CONTINUATION, "checkpoints/latest");
    private static final Set<String> BEFORE_THE_FIRST_STEP =
            Set.of(RunLock.FILE, LOG, CONFIGURATION, CONFIGURATION + DurableFiles.WRITING);

    private final Path path;
    private final RunLock lock;

    private RunFolder(Path path, RunLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder of a new run and writes the resolved configuration into it.
     *
     * @throws TrainingException if there is something at this place already, or it cannot be written
     * @throws org.spactor.runner.checkpoint.CheckpointException if another process works there
     */
    public static RunFolder create(Path path, SpactorConfiguration configuration) {
        try {
            requireFree(path);
            Files.createDirectories(path);
            requireNoLinks(path);
            RunFolder folder = new RunFolder(path, RunLock.acquire(path));
            requireFree(path); // another process may have been as fast, and done already
            folder.writeConfiguration(configuration);
            return folder;
        } catch (IOException e) {
            throw new TrainingException("the run folder '" + path + "' cannot be made: " + IoReason.of(e), e);
        }
    }

    /**
     * Opens the folder of a run that is to go on.
     *
     * @throws TrainingException if there is no run
     * @throws org.spactor.runner.checkpoint.CheckpointException if another process works there
     */
    public static RunFolder open(Path path) {
        if (!Files.isRegularFile(path.resolve(CONFIGURATION))) {
            throw new TrainingException("there is no run in '" + path + "': it has no " + CONFIGURATION
                    + ". --resume takes the folder of a run, or one of its checkpoints");
        }
        requireNoLinks(path);
        RunFolder folder = new RunFolder(path, RunLock.acquire(path));
        try {
            folder.continuation()
                    .filter(continuation -> continuation.configuration().isPresent())
                    .ifPresent(folder::finish);
            return folder;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Decides that the run goes on from a checkpoint with a configuration. Killed at any moment, the run is as it was
     * before, or as it is afterwards: {@link #open} finishes what was decided.
     *
     * @param accepted what is not as it was in the checkpoint, and its value now, which the user accepted
     * @return the checkpoints that were removed, since they were later ones
     */
    public List<Path> goOnFrom(Path checkpoint, SpactorConfiguration configuration, Map<String, String> accepted) {
        Continuation continuation = new Continuation(
                checkpoint.getFileName().toString(), accepted, Optional.of(ConfigurationWriter.toYaml(configuration)));
        replace(path.resolve(CONTINUATION), continuation.toJson());
        return finish(continuation);
    }

    /** What the user accepted, by key, when the run last went on from this checkpoint. */
    public Map<String, String> accepted(Path checkpoint) {
        return continuation()
                .filter(continuation -> continuation
                        .checkpoint()
                        .equals(checkpoint.getFileName().toString()))
                .map(Continuation::accepted)
                .orElse(Map.of());
    }

    private List<Path> finish(Continuation continuation) {
        if (!CheckpointStore.isCheckpoint(path.resolve("checkpoints").resolve(continuation.checkpoint()))) {
            // to go back to what is not there would remove all that is
            throw new TrainingException("'" + path.resolve(CONTINUATION) + "' says that the run goes on from "
                    + continuation.checkpoint()
                    + ", which is not among its checkpoints. When the file is removed, the run"
                    + " goes on from its newest checkpoint with its config.yaml");
        }
        List<Path> removed = checkpoints().goBackTo(continuation.checkpoint());
        replace(configuration(), continuation.configuration().orElseThrow());
        replace(path.resolve(CONTINUATION), continuation.done().toJson());
        return removed;
    }

    private Optional<Continuation> continuation() {
        Path file = path.resolve(CONTINUATION);
        try {
            return Files.exists(file) ? Optional.of(Continuation.read(file)) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new TrainingException(
                    "'" + file + "' is damaged: it " + e.getMessage()
                            + ". When it is removed, the run goes on from its newest checkpoint with"
                            + " its config.yaml, and changes have to be accepted again",
                    e);
        } catch (IOException e) {
            throw new TrainingException("'" + file + "' cannot be read: " + IoReason.of(e), e);
        }
    }

    /** Writes the resolved configuration, every default spelled out, in place of the one that was there. */
    public void writeConfiguration(SpactorConfiguration configuration) {
        replace(configuration(), ConfigurationWriter.toYaml(configuration));
    }

    private static void replace(Path file, String text) {
        try {
            DurableFiles.replace(file, text);
        } catch (IOException e) {
            throw new TrainingException("'" + file + "' cannot be written: " + IoReason.of(e), e);
        }
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** The resolved configuration, every default spelled out. */
    public Path configuration() {
        return path.resolve(CONFIGURATION);
    }

    /** One JSON object a line. */
    public Path metrics() {
        return path.resolve(METRICS);
    }

    /** What the program and its libraries logged. */
    public Path log() {
        return path.resolve(LOG);
    }

    /** The checkpoints, in a folder of their own. */
    public CheckpointStore checkpoints() {
        return new CheckpointStore(path.resolve("checkpoints"));
    }

    /** What is written here must not be written elsewhere. The checkpoints' folder as a whole may be a link. */
    private static void requireNoLinks(Path path) {
        for (String file : FILES) {
            if (Files.isSymbolicLink(path.resolve(file))) {
                throw new TrainingException("'" + path.resolve(file) + "' is a symbolic link, and a run writes no file"
                        + " through one. Replace it by what it leads to, or remove it");
            }
        }
    }

    private static void requireFree(Path path) throws IOException {
        if (Files.exists(path) && !isEmptyFolder(path)) {
            String resume = Files.isRegularFile(path.resolve(CONFIGURATION)) ? ", go on with --resume " + path : "";
            throw new TrainingException("'" + path + "' is there already and not empty. Give another folder with"
                    + " --out" + resume + ", or remove this one");
        }
    }

    /** What a process leaves that ended before its first step does not count. */
    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString()).allMatch(BEFORE_THE_FIRST_STEP::contains);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
