package org.spactor.example;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.spactor.api.corruption.Segment;

/**
 * One span of noise, the end of the segment: what is left to do is to continue a text.
 *
 * @param density share of the tokens that is noise, in (0, 1)
 */
record Suffix(double density) implements CountedNoise {
    @Override
    public boolean[] draw(Segment segment, RandomGenerator random) {
        boolean[] mask = new boolean[segment.length()];
        Arrays.fill(mask, mask.length - tokens(mask.length), mask.length, true);
        return mask;
    }

    @Override
    public int tokens(int length) {
        return Math.min(Math.max((int) Math.round(length * density), 1), length - 1);
    }

    @Override
    public int spans(int length) {
        return 1;
    }
}
