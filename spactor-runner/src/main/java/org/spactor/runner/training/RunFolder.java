package org.spactor.runner.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.spactor.runner.checkpoint.CheckpointStore;
import org.spactor.runner.checkpoint.DurableFiles;
import org.spactor.runner.checkpoint.RunLock;
import org.spactor.runner.configuration.ConfigurationWriter;
import org.spactor.runner.configuration.SpactorConfiguration;

/** The folder that holds all that a run leaves behind, locked for as long as this is open. */
public final class RunFolder implements AutoCloseable {
    private static final String CONFIGURATION = "config.yaml";
    private static final String LOG = "run.log";
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
            RunFolder folder = new RunFolder(path, RunLock.acquire(path));
            requireFree(path); // another process may have been as fast, and done already
            folder.writeConfiguration(configuration);
            return folder;
        } catch (IOException e) {
            throw new TrainingException("the run folder '" + path + "' cannot be made: " + e.getMessage(), e);
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
        return new RunFolder(path, RunLock.acquire(path));
    }

    /** Writes the resolved configuration, every default spelled out, in place of the one that was there. */
    public void writeConfiguration(SpactorConfiguration configuration) {
        try {
            DurableFiles.replace(configuration(), ConfigurationWriter.toYaml(configuration));
        } catch (IOException e) {
            throw new TrainingException("'" + configuration() + "' cannot be written: " + e.getMessage(), e);
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
        return path.resolve("metrics.jsonl");
    }

    /** What the program and its libraries logged. */
    public Path log() {
        return path.resolve(LOG);
    }

    /** The checkpoints, in a folder of their own. */
    public CheckpointStore checkpoints() {
        return new CheckpointStore(path.resolve("checkpoints"));
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
