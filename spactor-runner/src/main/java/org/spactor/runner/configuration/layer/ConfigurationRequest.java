package org.spactor.runner.configuration.layer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a user asked for: which layers make up the configuration.
 *
 * @param preset name of a preset; if there is neither a preset nor a file, {@link Presets#DEFAULT} is taken
 * @param file a YAML file
 * @param assignments values from the command line; of two for the same key the later one wins
 */
public record ConfigurationRequest(Optional<String> preset, Optional<Path> file, List<Assignment> assignments) {
    public ConfigurationRequest {
        assignments = List.copyOf(assignments);
    }
}
