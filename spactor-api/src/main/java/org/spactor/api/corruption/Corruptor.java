package org.spactor.api.corruption;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * Turns an example into a training example by spoiling it: tokens to tokens, on the CPU. Corruptors compose; each gets
 * what the one before it made.
 *
 * <p>An implementation is pure and thread-safe: it changes nothing that it is given, keeps no state between calls, and
 * draws every random number from the generator it is handed, so that the same seed gives the same example.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Corruptor {
    /**
     * The greatest lengths this corruptor makes of examples of the given greatest lengths. Must not decrease when a
     * length grows: the data module searches for the longest raw segment whose inputs still fit.
     *
     * @throws org.spactor.api.component.InvalidOptionException if examples of these lengths cannot be made, for instance
     *     because they would need more sentinels than there are; shorter ones are tried then
     */
    FeatureLengths lengths(FeatureLengths lengths);

    /**
     * Corrupts one example.
     *
     * @param example what the corruptor before this one made; not changed
     * @param random the only source of randomness
     * @return a new example whose features are no longer than {@link #lengths} promised, and hold what their domains allow.
     *     Who changes a feature in which others are positions makes these anew
     */
    Example corrupt(Example example, RandomGenerator random);
}
