package org.spactor.data;

import org.spactor.api.random.CounterRandom;

/**
 * Segments in random order: as many of them as an epoch has are permuted among themselves, then the next as many. The
 * segments of a long document would otherwise make up whole batches, whose gradients tell much less than those of
 * segments from everywhere.
 *
 * <p>Source: T5 shuffles its examples after packing; here the order is a permutation that needs no memory.
 */
public final class ShuffledSegments implements Segments {
    private static final String PURPOSE = "segment-order";

    private final Packing packing;
    private final long seed;

    /**
     * Permutes a packing's segments.
     *
     * @param seed decides the order
     */
    public ShuffledSegments(Packing packing, long seed) {
        this.packing = packing;
        this.seed = seed;
    }

    @Override
    public int segmentLength() {
        return packing.segmentLength();
    }

    @Override
    public int[] segment(long index) {
        long window = packing.wholeSegments();
        long number = index / window;
        Permutation permutation = new Permutation(window, CounterRandom.key(seed, PURPOSE, number));
        return packing.segment(number * window + permutation.at(index % window));
    }
}
