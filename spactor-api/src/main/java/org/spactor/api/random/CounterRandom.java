package org.spactor.api.random;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * A random generator whose numbers are a function of a key and a counter. Every use of randomness has a key of its own
 * (seed, purpose, step, example), so no number depends on what was drawn elsewhere, in which order or on which thread,
 * and a run can be continued at any step without a stored generator state.
 *
 * <p>Source: the finaliser is SplitMix64's (Steele, Lea and Flood, <i>Fast splittable pseudorandom number generators</i>,
 * OOPSLA 2014), applied to key + counter × golden gamma.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class CounterRandom implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;
    private long counter;

    private CounterRandom(long key) {
        this.key = key;
    }

    /**
     * A generator for one purpose.
     *
     * @param seed the run's seed
     * @param purpose what the numbers are for, for instance {@code corruption}
     * @param indices where they are used, for instance step and example
     */
    public static CounterRandom of(long seed, String purpose, long... indices) {
        return new CounterRandom(key(seed, purpose, indices));
    }

    /** The key that {@link #of} makes of the same arguments. */
    public static long key(long seed, String purpose, long... indices) {
        long key = mix(seed + GOLDEN_GAMMA);
        for (int i = 0; i < purpose.length(); i++) {
            key = mix(key ^ purpose.charAt(i)) + GOLDEN_GAMMA;
        }
        for (long index : indices) {
            key = mix(key ^ mix(index + GOLDEN_GAMMA)) + GOLDEN_GAMMA;
        }
        return mix(key);
    }

    /** The number at a place of a key's sequence: 64 random bits. */
    public static long bits(long key, long counter) {
        return mix(key + (counter + 1) * GOLDEN_GAMMA);
    }

    /** The number at a place of a key's sequence, uniform on [0, 1) with 24 bits. */
    public static float uniform(long key, long counter) {
        return (bits(key, counter) >>> 40) * 0x1.0p-24f;
    }

    @Override
    public long nextLong() {
        return bits(key, counter++);
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
