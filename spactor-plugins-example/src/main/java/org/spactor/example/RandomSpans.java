package org.spactor.example;

import java.util.random.RandomGenerator;
import org.spactor.api.corruption.Segment;

/**
 * Random spans of noise: a share of the tokens in spans of a mean length, as T5 draws them. The segment begins with text
 * and ends with noise; a segment of one token has none.
 *
 * @param density share of the tokens that is noise, in (0, 1)
 * @param meanLength mean number of tokens of a span, at least 1
 */
record RandomSpans(double density, double meanLength) implements CountedNoise {
    @Override
    public boolean[] draw(Segment segment, RandomGenerator random) {
        boolean[] mask = new boolean[segment.length()];
        int tokens = tokens(mask.length);
        int spans = spans(mask.length);
        int[] noiseEnds = ends(tokens, spans, random);
        int[] textEnds = ends(mask.length - tokens, spans, random);
        int span = 0;
        int noiseSoFar = 0;
        int textSoFar = 0;
        for (int i = 0; i < mask.length; i++) {
            mask[i] = textSoFar == textEnds[span];
            if (!mask[i]) {
                textSoFar++;
            } else if (++noiseSoFar == noiseEnds[span]) {
                span++;
            }
        }
        return mask;
    }

    @Override
    public int tokens(int length) {
        return Math.min(Math.max((int) Math.round(length * density), 1), length - 1);
    }

    @Override
    public int spans(int length) {
        int spans = (int) Math.round(tokens(length) / meanLength);
        return Math.max(1, Math.min(spans, length - tokens(length)));
    }

    /** Divides items into non-empty runs, every division equally likely; where each run ends. */
    private static int[] ends(int items, int runs, RandomGenerator random) {
        int[] ends = new int[runs + 1];
        ends[runs] = Integer.MAX_VALUE; // never reached: after the last span there is nothing
        int run = 0;
        for (int item = 1; item < items; item++) {
            int cutsLeft = runs - 1 - run;
            if (random.nextInt(items - item) < cutsLeft) {
                ends[run++] = item;
            }
        }
        ends[runs - 1] = items;
        return ends;
    }
}
