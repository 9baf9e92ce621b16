package org.spactor.runner.configuration;

import java.nio.file.Path;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.component.Option;

/** The keys under {@code run}. */
public record RunSettings(
        @Option(
                description = "Name of the run's folder. Without one, the preset's or the file's and the time",
                defaultValue = "")
        String name,

        @Option(description = "Seed of every random number", defaultValue = "17")
        long seed,

        @Option(description = "Folder of the runs, relative to the working directory", defaultValue = "runs")
        String directory) {
    public RunSettings {
        if (name.isBlank()) {
            throw new InvalidOptionException("name", "'" + name + "' names no folder");
        }
        if (name.contains("/") || name.contains("\\") || name.equals(".") || name.equals("..")) {
            throw new InvalidOptionException(
                    "name", "'" + name + "' is a path. The folder that the run's is in is 'run.directory'");
        }
    }

    /** The run's folder. */
    public Path folder() {
        return Path.of(directory, name).normalize();
    }
}
