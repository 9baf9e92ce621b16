package org.spactor.api.corruption;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * One training example: integer sequences by {@link Feature}. Immutable; {@link #with} returns a changed copy.
 *
 * <p>The data module starts with a segment of text, the only feature {@link Feature#INPUTS}, and hands it through the
 * configured corruptors, each of which replaces or adds features.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Example {
    private final Map<Feature, int[]> features;

    private Example(Map<Feature, int[]> features) {
        this.features = features;
    }

    /** An example whose only feature is a raw segment of tokens, without {@code </s>}. */
    public static Example of(int[] segment) {
        return new Example(Map.of(Feature.INPUTS, segment.clone()));
    }

    /**
     * This example with one feature replaced or added.
     *
     * @throws IllegalArgumentException if it has another feature of the same name
     */
    public Example with(Feature feature, int[] values) {
        for (Feature other : features.keySet()) {
            if (other.name().equals(feature.name()) && !other.equals(feature)) {
                throw new IllegalArgumentException("two features are called '" + feature + "': one of " + other.domain()
                        + " and one of " + feature.domain());
            }
        }
        Map<Feature, int[]> changed = new LinkedHashMap<>(features);
        changed.put(feature, values.clone());
        return new Example(changed);
    }

    /**
     * A copy of a feature's values.
     *
     * @throws NoSuchElementException if the example has no such feature; the message lists those it has
     */
    public int[] get(Feature feature) {
        int[] values = features.get(feature);
        if (values == null) {
            throw new NoSuchElementException("no feature '" + feature + "' in this example; it has " + features.keySet()
                    + ". Is the corruptor that makes it in the list, and before the one that reads it?");
        }
        return values.clone();
    }

    /** Length of a feature; 0 if the example does not have it. */
    public int length(Feature feature) {
        int[] values = features.get(feature);
        return values == null ? 0 : values.length;
    }

    /**
     * Where a feature's values break its own rules, in words, if they do.
     *
     * @param vocabulary what tokens may be
     */
    public Optional<String> problem(Feature feature, Vocabulary vocabulary) {
        int[] values = features.get(feature);
        int least = feature.domain() instanceof Feature.Domain.Tokens ? 0 : Feature.Domain.NONE;
        int limit = limit(feature.domain(), vocabulary);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < least || values[i] >= limit) {
                return Optional.of("feature '" + feature + "' is " + values[i] + " at place " + i + ", "
                        + reason(feature.domain(), limit));
            }
        }
        return Optional.empty();
    }

    private int limit(Feature.Domain domain, Vocabulary vocabulary) {
        if (domain instanceof Feature.Domain.Positions positions) {
            return length(positions.in());
        }
        return domain instanceof Feature.Domain.Labels labels ? labels.classes() : vocabulary.size();
    }

    private static String reason(Feature.Domain domain, int limit) {
        if (domain instanceof Feature.Domain.Positions positions) {
            return "but '" + positions.in() + "', in which it is a position, has length " + limit;
        }
        return domain instanceof Feature.Domain.Labels
                ? "but there are only " + limit + " labels"
                : "but the vocabulary has " + limit + " rows";
    }

    /** Whether this example holds a feature's very values that another one holds: it was made from it and left them alone. */
    public boolean sharesWith(Example other, Feature feature) {
        return features.get(feature) == other.features.get(feature);
    }

    /** Whether the example has this feature. */
    public boolean has(Feature feature) {
        return features.containsKey(feature);
    }

    /** The features this example has. */
    public Set<Feature> features() {
        return Collections.unmodifiableSet(features.keySet());
    }
}
