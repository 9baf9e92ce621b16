package org.spactor.engine.train;

import org.spactor.api.corruption.Feature;

/** A batch, as far as the engine needs to know. */
public interface Examples {
    /** Number of examples. */
    int batchSize();

    /** A feature of all examples, row-major [B, T]. */
    int[] feature(Feature feature);

    /** Some of the examples: from the first, inclusive, to the second, exclusive. */
    Examples slice(int from, int to);
}
