package org.spactor.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.spactor.api.corruption.NoiseMask;
import org.spactor.api.corruption.Segment;

/** T5's noise: 15 % of the tokens in spans of 3 on average; spans of fixed lengths at random places will do here. */
record T5SpanMask() implements NoiseMask {
    @Override
    public boolean[] draw(Segment segment, RandomGenerator random) {
        int length = segment.length();
        Noise noise = noise(length);
        int others = Math.max(length, 2) - noise.tokens();
        boolean[] mask = new boolean[Math.max(length, 2)];
        int position = 0;
        for (int span = 0; span < noise.spans(); span++) {
            int spansLeft = noise.spans() - span;
            int noiseLeft = noise.tokens() - count(mask);
            int othersLeft = others - (position - count(mask));
            int gap = spansLeft == 1 ? othersLeft : 1 + random.nextInt(othersLeft - spansLeft + 1);
            int size = spansLeft == 1 ? noiseLeft : 1 + random.nextInt(noiseLeft - spansLeft + 1);
            Arrays.fill(mask, position + gap, position + gap + size, true);
            position += gap + size;
        }
        return Arrays.copyOf(mask, length);
    }

    @Override
    public Bounds bounds(int length) {
        Noise noise = noise(length);
        return Bounds.exactly(length, noise.tokens(), noise.spans());
    }

    private static Noise noise(int length) {
        int tokens = Math.max(length, 2);
        int noise = Math.min(Math.max((int) Math.rint(tokens * 0.15), 1), tokens - 1);
        return new Noise(noise, Math.max((int) Math.rint(noise / 3.0), 1));
    }

    private record Noise(int tokens, int spans) {}

    private static int count(boolean[] mask) {
        int count = 0;
        for (boolean noise : mask) {
            count += noise ? 1 : 0;
        }
        return count;
    }
}
