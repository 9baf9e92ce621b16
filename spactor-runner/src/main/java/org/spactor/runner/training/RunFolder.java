package org.spactor.runner.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.spactor.runner.configuration.ConfigurationWriter;
import org.spactor.runner.configuration.SpactorConfiguration;

/** The folder that holds all that a run leaves behind. */
public final class RunFolder {
    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the folder of a new run and writes the resolved configuration into it.
     *
     * @throws TrainingException if there is something at this place already, or it cannot be written
     */
    public static RunFolder create(Path path, SpactorConfiguration configuration) {
        try {
            if (Files.exists(path) && !isEmptyFolder(path)) {
                throw new TrainingException("'" + path + "' is there already and not empty. Give another folder with"
                        + " --out, or remove this one");
            }
            Files.createDirectories(path);
            RunFolder folder = new RunFolder(path);
            Files.writeString(
                    folder.configuration(), ConfigurationWriter.toYaml(configuration), StandardCharsets.UTF_8);
            return folder;
        } catch (IOException e) {
            throw new TrainingException("the run folder '" + path + "' cannot be made: " + e.getMessage(), e);
        }
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** The resolved configuration, every default spelled out. */
    public Path configuration() {
        return path.resolve("config.yaml");
    }

    /** One JSON object a line. */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /** What the program and its libraries logged. */
    public Path log() {
        return path.resolve("run.log");
    }

    /** The folder of the checkpoints. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    private static boolean isEmptyFolder(Path path) {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
