package org.spactor.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.FeatureLengths;

/**
 * Makes the batch of any step: segments, corrupted by a chain of corruptors. A pure function of the step; thread-safe.
 *
 * <p>Example i of step s is made of segment s · batchSize + i, whose number is the example's too.
 */
public final class BatchSource {
    private final Segments segments;
    private final CorruptorChain corruptors;
    private final List<FeatureLengths> promises;
    private final FeatureLengths lengths;
    private final int batchSize;
    private final long seed;
    private final String purpose;

    /**
     * A source of batches.
     *
     * @param lengths the length of every feature in the batches; at least what the corruptors make of a segment
     * @param batchSize number of examples in a batch
     * @param purpose key of the random numbers, for instance {@code corruption}: different for training and validation
     * @throws IllegalArgumentException if the corruptors make other features, or longer ones
     * @throws DataException if the batches would be too large
     */
    public BatchSource(
            Segments segments,
            CorruptorChain corruptors,
            FeatureLengths lengths,
            int batchSize,
            long seed,
            String purpose) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch must have at least 1 example, not " + batchSize);
        }
        Batch.requireSize(batchSize, lengths);
        this.segments = segments;
        this.corruptors = corruptors;
        this.promises = corruptors.promises(segments.segmentLength());
        this.lengths = lengths;
        this.batchSize = batchSize;
        this.seed = seed;
        this.purpose = purpose;
        requireRoom(promises.get(promises.size() - 1), lengths);
    }

    /** Number of examples in a batch. */
    public int batchSize() {
        return batchSize;
    }

    /** The length of every feature in the batches. */
    public FeatureLengths lengths() {
        return lengths;
    }

    /**
     * The batch of one step.
     *
     * @param step from 0
     * @throws DataException if a corruptor fails or breaks its promise; the message names it
     */
    public Batch batch(long step) {
        return batch(step, 0, batchSize);
    }

    /**
     * A part of the batch of one step: that of a process that trains together with others, for instance. Only the
     * examples of the part are made.
     *
     * @param step from 0
     * @param from first example of the batch
     * @param to end of the part, exclusive
     * @throws IndexOutOfBoundsException if these are not within the batch
     * @throws DataException if a corruptor fails or breaks its promise; the message names it
     */
    public Batch batch(long step, int from, int to) {
        Objects.checkFromToIndex(from, to, batchSize);
        long first = Math.multiplyExact(step, (long) batchSize);
        List<Example> examples = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            long index = first + i;
            examples.add(corruptors.corrupt(segments.segment(index), promises, seed, purpose, index));
        }
        return Batch.of(examples, lengths, corruptors.vocabulary());
    }

    private static void requireRoom(FeatureLengths made, FeatureLengths room) {
        boolean fits = made.byFeature().keySet().equals(room.byFeature().keySet())
                && made.byFeature().entrySet().stream().allMatch(entry -> entry.getValue() <= room.get(entry.getKey()));
        if (!fits) {
            throw new IllegalArgumentException("the corruptors make features of lengths " + made.byFeature()
                    + ", which do not fit batches of lengths " + room.byFeature());
        }
    }
}
