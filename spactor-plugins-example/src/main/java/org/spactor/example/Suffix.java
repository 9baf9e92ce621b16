package org.spactor.example;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.spactor.api.corruption.NoiseMask;

/**
 * One span of noise, the end of the segment: what is left to do is to continue a text.
 *
 * @param density share of the tokens that is noise, in (0, 1)
 */
record Suffix(double density) implements NoiseMask {
    @Override
    public boolean[] draw(int length, RandomGenerator random) {
        boolean[] mask = new boolean[length];
        Arrays.fill(mask, length - most(length).tokens(), length, true);
        return mask;
    }

    @Override
    public Noise most(int length) {
        return new Noise(Math.min(Math.max((int) Math.round(length * density), 1), length - 1), 1);
    }
}
