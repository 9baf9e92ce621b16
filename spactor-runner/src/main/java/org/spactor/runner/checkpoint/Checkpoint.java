package org.spactor.runner.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spactor.engine.storage.Tensor;

/**
 * A checkpoint that was read and whose hashes are right.
 *
 * @param folder where it is
 * @param manifest what it says of itself
 * @param parameters by name
 * @param optimizer what the optimizer remembers, by {@code parameter/slot}
 */
public record Checkpoint(
        Path folder, Manifest manifest, Map<String, Tensor> parameters, Map<String, Tensor> optimizer) {
    public Checkpoint {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        optimizer = Collections.unmodifiableMap(new LinkedHashMap<>(optimizer));
    }

    /** How far the run had come. */
    public TrainingState state() {
        return manifest.state();
    }
}
