package org.spactor.api.corruption;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apiguardian.api.API;

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

    /** This example with one feature replaced or added. */
    public Example with(Feature feature, int[] values) {
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

    /** Whether the example has this feature. */
    public boolean has(Feature feature) {
        return features.containsKey(feature);
    }

    /** The features this example has. */
    public Set<Feature> features() {
        return Collections.unmodifiableSet(features.keySet());
    }
}
