package org.spactor.testkit;

import java.util.random.RandomGenerator;
import org.spactor.api.corruption.NoiseMask;

/** Every fourth token is noise, counted from a random start behind the first token. */
final class EveryFourth implements NoiseMask {
    private static final int EVERY = 4;

    @Override
    public boolean[] draw(int length, RandomGenerator random) {
        boolean[] mask = new boolean[length];
        for (int i = 1 + random.nextInt(EVERY - 1); i < length; i += EVERY) {
            mask[i] = true;
        }
        return mask;
    }

    /** As many spans as tokens, and one more: text may be on both sides of the noise. */
    @Override
    public Noise most(int length) {
        int tokens = (length + EVERY - 1) / EVERY;
        return new Noise(tokens, tokens + 1);
    }
}
