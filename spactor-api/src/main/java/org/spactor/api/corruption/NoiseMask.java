package org.spactor.api.corruption;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * Chooses which tokens of a segment are noise. All that a new way of span corruption has to say: {@link
 * SentinelCorruptor} makes sentinels, inputs and targets of it.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface NoiseMask {
    /**
     * Draws a mask.
     *
     * @param length number of tokens in the segment, at least 1
     * @param random the only source of randomness
     * @return one entry a token, true where it is noise
     */
    boolean[] draw(int length, RandomGenerator random);

    /**
     * The most noise that {@link #draw} makes of a segment of this length: it decides the lengths of inputs and targets.
     */
    Noise most(int length);

    /**
     * An amount of noise.
     *
     * @param tokens number of noise tokens
     * @param spans number of uninterrupted runs of them
     */
    record Noise(int tokens, int spans) {}
}
