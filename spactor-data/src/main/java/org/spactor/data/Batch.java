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
import org.spactor.api.vocabulary.Vocabulary;

/**
 * The features of a number of examples, each filled up to one length with the feature's padding. Immutable.
 */
public final class Batch {
    /** The JVM makes no longer arrays. */
    private static final int GREATEST_SIZE = Integer.MAX_VALUE - 8;

    private final int batchSize;
    private final FeatureLengths lengths;
    private final Vocabulary vocabulary;
    private final Map<Feature, int[]> values;
    private final long tokens;

    private Batch(int batchSize, FeatureLengths lengths, Vocabulary vocabulary, Map<Feature, int[]> values) {
        this.batchSize = batchSize;
        this.lengths = lengths;
        this.vocabulary = vocabulary;
        this.values = values;
        this.tokens = countTokens(Feature.INPUTS) + countTokens(Feature.TARGETS);
    }

    /**
     * Puts examples together.
     *
     * @param examples one or more, each with exactly the features that have a length
     * @param lengths the length of every feature in the batch
     * @param vocabulary says what fills up a feature
     * @throws IllegalArgumentException if an example has other features, or a longer one
     * @throws DataException if the batch would be too large
     */
    public static Batch of(List<Example> examples, FeatureLengths lengths, Vocabulary vocabulary) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("a batch must have at least one example");
        }
        requireSize(examples.size(), lengths);
        Set<Feature> features = lengths.byFeature().keySet();
        Map<Feature, int[]> values = new LinkedHashMap<>();
        for (Feature feature : features) {
            int[] all = new int[examples.size() * lengths.get(feature)];
            if (feature.padding(vocabulary) != 0) {
                Arrays.fill(all, feature.padding(vocabulary));
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
        return new Batch(examples.size(), lengths, vocabulary, values);
    }

    /**
     * Checks that batches of these lengths can be made.
     *
     * @throws DataException if a feature would be too large
     */
    static void requireSize(int batchSize, FeatureLengths lengths) {
        lengths.byFeature().forEach((feature, length) -> {
            if ((long) batchSize * length > GREATEST_SIZE) {
                throw new DataException("feature '" + feature + "' of a batch of " + batchSize
                        + " examples of length " + length + " has more than " + GREATEST_SIZE
                        + " elements. A smaller training.batch-size or data.input-length makes fewer");
            }
        });
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
        return new Batch(toExample - fromExample, lengths, vocabulary, some);
    }

    /** Number of tokens that encoder and decoder read: of inputs and targets together, padding not counted. */
    public long tokens() {
        return tokens;
    }

    private long countTokens(Feature feature) {
        int[] all = values.get(feature);
        if (all == null) {
            return 0;
        }
        long count = 0;
        for (int token : all) {
            if (token != vocabulary.pad()) {
                count++;
            }
        }
        return count;
    }
}
