package org.spactor.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;

/**
 * The features of a number of examples, each filled up to one length with the feature's padding. Immutable.
 */
public final class Batch {
    private final int batchSize;
    private final FeatureLengths lengths;
    private final Map<Feature, int[]> values;
    private final long tokens;

    private Batch(int batchSize, FeatureLengths lengths, Map<Feature, int[]> values) {
        this.batchSize = batchSize;
        this.lengths = lengths;
        this.values = values;
        this.tokens = countTokens(values, Feature.INPUTS) + countTokens(values, Feature.TARGETS);
    }

    /**
     * Puts examples together.
     *
     * @param examples one or more, each with exactly the features that have a length
     * @param lengths the length of every feature in the batch
     * @throws IllegalArgumentException if an example has other features, or a longer one
     */
    public static Batch of(List<Example> examples, FeatureLengths lengths) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("a batch must have at least one example");
        }
        Set<Feature> features = lengths.byFeature().keySet();
        Map<Feature, int[]> values = new LinkedHashMap<>();
        for (Feature feature : features) {
            int[] all = new int[Math.multiplyExact(examples.size(), lengths.get(feature))];
            if (feature.padding() != 0) {
                Arrays.fill(all, feature.padding());
            }
            values.put(feature, all);
        }
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            if (!example.features().equals(features)) {
                throw new IllegalArgumentException("example " + i + " of the batch has the features "
                        + example.features() + ", but the batch has " + features);
            }
            for (Feature feature : features) {
                int[] one = example.get(feature);
                int length = lengths.get(feature);
                if (one.length > length) {
                    throw new IllegalArgumentException("feature '" + feature + "' of example " + i + " has length "
                            + one.length + ", but the batch has " + length);
                }
                System.arraycopy(one, 0, values.get(feature), i * length, one.length);
            }
        }
        return new Batch(examples.size(), lengths, values);
    }

    /** Number of examples. */
    public int batchSize() {
        return batchSize;
    }

    /** The features there are. */
    public Set<Feature> features() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /**
     * Length of a feature, padding included.
     *
     * @throws NoSuchElementException if there is no such feature
     */
    public int length(Feature feature) {
        return lengths.get(feature);
    }

    /**
     * A copy of a feature's values, [batchSize, length] in row-major order: the examples one behind the other.
     *
     * @throws NoSuchElementException if there is no such feature; the message lists those there are
     */
    public int[] feature(Feature feature) {
        int[] all = values.get(feature);
        if (all == null) {
            throw new NoSuchElementException(
                    "no corruptor makes the feature '" + feature + "'; the batch has " + values.keySet());
        }
        return all.clone();
    }

    /**
     * Some of the examples, for a replica or a micro-batch.
     *
     * @param fromExample the first
     * @param toExample one after the last
     * @throws IndexOutOfBoundsException if there are no such examples, or none between the two
     */
    public Batch slice(int fromExample, int toExample) {
        if (fromExample < 0 || fromExample >= toExample || toExample > batchSize) {
            throw new IndexOutOfBoundsException(
                    "examples " + fromExample + " to " + toExample + " of a batch of " + batchSize);
        }
        Map<Feature, int[]> some = new LinkedHashMap<>();
        values.forEach((feature, all) -> {
            int length = lengths.get(feature);
            some.put(feature, Arrays.copyOfRange(all, fromExample * length, toExample * length));
        });
        return new Batch(toExample - fromExample, lengths, some);
    }

    /** Number of tokens that encoder and decoder read: of inputs and targets together, padding not counted. */
    public long tokens() {
        return tokens;
    }

    private static long countTokens(Map<Feature, int[]> values, Feature feature) {
        int[] all = values.get(feature);
        if (all == null) {
            return 0;
        }
        long count = 0;
        for (int token : all) {
            if (token != feature.padding()) {
                count++;
            }
        }
        return count;
    }
}
