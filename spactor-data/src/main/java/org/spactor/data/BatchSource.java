package org.spactor.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.random.CounterRandom;

/**
 * Makes the batch of any step: segments, corrupted by a list of corruptors. A pure function of the step; thread-safe.
 *
 * <p>Example i of step s is made of segment s · batchSize + i. Its corruptors draw from generators of their own, keyed
 * by (seed, purpose, segment, place in the list): what one draws does not depend on those behind it in the list.
 */
public final class BatchSource {
    private final Segments segments;
    private final List<Corruptor> corruptors;
    private final List<FeatureLengths> promised;
    private final FeatureLengths lengths;
    private final int batchSize;
    private final long seed;
    private final String purpose;

    /**
     * A source of batches.
     *
     * @param corruptors in the order in which they are applied
     * @param lengths the length of every feature in the batches; at least what the corruptors make of a segment
     * @param batchSize number of examples in a batch
     * @param purpose key of the random numbers, for instance {@code corruption}: different for training and validation
     * @throws IllegalArgumentException if the corruptors make other features, or longer ones
     */
    public BatchSource(
            Segments segments,
            List<Corruptor> corruptors,
            FeatureLengths lengths,
            int batchSize,
            long seed,
            String purpose) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch must have at least 1 example, not " + batchSize);
        }
        this.segments = segments;
        this.corruptors = List.copyOf(corruptors);
        this.promised = promisedLengths(segments.segmentLength(), corruptors);
        this.lengths = lengths;
        this.batchSize = batchSize;
        this.seed = seed;
        this.purpose = purpose;
        requireRoom(promised.isEmpty() ? FeatureLengths.ofSegment(segments.segmentLength()) : last(promised), lengths);
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
        long first = Math.multiplyExact(step, (long) batchSize);
        List<Example> examples = new ArrayList<>(batchSize);
        for (int i = 0; i < batchSize; i++) {
            examples.add(example(first + i));
        }
        return Batch.of(examples, lengths);
    }

    private Example example(long index) {
        Example example = Example.of(segments.segment(index));
        for (int i = 0; i < corruptors.size(); i++) {
            Corruptor corruptor = corruptors.get(i);
            try {
                example = corruptor.corrupt(example, CounterRandom.of(seed, purpose, index, i));
            } catch (RuntimeException | LinkageError e) {
                throw new DataException(nameOf(corruptor, i) + " failed on example " + index + ": " + e, e);
            }
            requirePromise(example, promised.get(i), nameOf(corruptor, i) + ", example " + index);
        }
        return example;
    }

    private static void requirePromise(Example example, FeatureLengths promised, String where) {
        if (example == null) {
            throw new DataException(where + ": it returned null instead of an example");
        }
        if (!example.features().equals(promised.byFeature().keySet())) {
            throw new DataException(where + ": it made the features " + example.features()
                    + ", but its lengths are for " + promised.byFeature().keySet());
        }
        for (Map.Entry<Feature, Integer> entry : promised.byFeature().entrySet()) {
            int actual = example.get(entry.getKey()).length;
            if (actual > entry.getValue()) {
                throw new DataException(where + ": feature '" + entry.getKey() + "' has length " + actual
                        + ", but its lengths promise at most " + entry.getValue());
            }
        }
    }

    private static List<FeatureLengths> promisedLengths(int segment, List<Corruptor> corruptors) {
        List<FeatureLengths> promised = new ArrayList<>();
        FeatureLengths lengths = FeatureLengths.ofSegment(segment);
        for (Corruptor corruptor : corruptors) {
            lengths = corruptor.lengths(lengths);
            promised.add(lengths);
        }
        return List.copyOf(promised);
    }

    private static void requireRoom(FeatureLengths made, FeatureLengths room) {
        boolean fits = made.byFeature().keySet().equals(room.byFeature().keySet())
                && made.byFeature().entrySet().stream().allMatch(entry -> entry.getValue() <= room.get(entry.getKey()));
        if (!fits) {
            throw new IllegalArgumentException("the corruptors make features of lengths " + made.byFeature()
                    + ", which do not fit batches of lengths " + room.byFeature());
        }
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private static String nameOf(Corruptor corruptor, int position) {
        return "corruptors[" + position + "] (" + corruptor.getClass().getName() + ")";
    }
}
