package org.spactor.testkit;

import java.util.random.RandomGenerator;
import org.spactor.api.corruption.NoiseMask;
import org.spactor.api.corruption.Segment;

/** Every fourth token is noise, counted from a random start. */
final class EveryFourth implements NoiseMask {
    private static final int EVERY = 4;

    @Override
    public boolean[] draw(Segment segment, RandomGenerator random) {
        boolean[] mask = new boolean[segment.length()];
        for (int i = random.nextInt(EVERY); i < mask.length; i += EVERY) {
            mask[i] = true;
        }
        return mask;
    }

    /** A sentinel for every token that is noise, which are a fourth at most, rounded up. */
    @Override
    public Bounds bounds(int length) {
        return new Bounds(length, 2 * ((length + EVERY - 1) / EVERY));
    }
}
