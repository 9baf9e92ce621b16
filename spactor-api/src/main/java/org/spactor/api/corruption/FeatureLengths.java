package org.spactor.api.corruption;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apiguardian.api.API;

/**
 * The greatest length of every feature, in tokens (or positions). Batches have fixed shapes, so a corruptor says what it
 * makes of a given length before it sees an example.
 *
 * @param byFeature greatest length by feature
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record FeatureLengths(Map<Feature, Integer> byFeature) {
    public FeatureLengths {
        byFeature = Collections.unmodifiableMap(new LinkedHashMap<>(byFeature));
        byFeature.forEach((feature, length) -> {
            if (length < 0) {
                throw new IllegalArgumentException("feature '" + feature + "' cannot have length " + length);
            }
        });
    }

    /** The lengths of a raw segment. */
    public static FeatureLengths ofSegment(int tokens) {
        return new FeatureLengths(Map.of(Feature.INPUTS, tokens));
    }

    /**
     * These lengths with one replaced or added.
     *
     * @throws IllegalArgumentException if the length is negative
     */
    public FeatureLengths with(Feature feature, int length) {
        Map<Feature, Integer> changed = new LinkedHashMap<>(byFeature);
        changed.put(feature, length);
        return new FeatureLengths(changed);
    }

    /**
     * The greatest length of a feature.
     *
     * @throws NoSuchElementException if there is no such feature; the message lists those there are
     */
    public int get(Feature feature) {
        Integer length = byFeature.get(feature);
        if (length == null) {
            throw new NoSuchElementException(
                    "no corruptor makes the feature '" + feature + "'; the examples have " + byFeature.keySet());
        }
        return length;
    }
}
