package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.NoiseMask;
import org.spactor.api.corruption.Segment;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;

/** What every {@link NoiseMask} has to fulfil: a test of one extends this class and says how to make it. */
public abstract class NoiseMaskContract {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(1000);
    private static final int SEEDS = 20;

    /** A new mask. */
    protected abstract NoiseMask mask(Vocabulary vocabulary);

    /** The vocabulary that it is tested with. */
    protected Vocabulary vocabulary() {
        return VOCABULARY;
    }

    /** Number of tokens of the longest segment that it is tested with. */
    protected int longest() {
        return 160;
    }

    @Test
    protected final void theSameSeedGivesTheSameMask() {
        NoiseMask mask = mask(vocabulary());
        for (int seed = 0; seed < SEEDS; seed++) {
            boolean[] drawn = draw(mask, longest() - seed, seed);
            assertThat(draw(mask, longest() - seed, seed))
                    .as("drawn again with the seed %d", seed)
                    .containsExactly(drawn);
        }
    }

    @Test
    protected final void whatItDrawsDoesNotDependOnWhatItDrewBefore() {
        NoiseMask used = mask(vocabulary());
        for (int seed = SEEDS; seed > 0; seed--) {
            draw(used, longest() - seed, seed);
        }
        for (int seed = 0; seed < SEEDS; seed++) {
            boolean[] drawn = draw(used, longest() - seed, seed);
            assertThat(drawn)
                    .as("drawn by one that drew before, with the seed %d", seed)
                    .containsExactly(draw(mask(vocabulary()), longest() - seed, seed));
        }
    }

    @Test
    protected final void everyTokenIsNoiseOrNot() {
        NoiseMask mask = mask(vocabulary());
        for (int length = 1; length <= longest(); length++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                assertThat(draw(mask, length, seed))
                        .as("mask of a segment of %d tokens", length)
                        .hasSize(length);
            }
        }
    }

    @Test
    protected final void whatItDrawsIsWithinItsBounds() {
        NoiseMask mask = mask(vocabulary());
        for (int length = 1; length <= longest(); length++) {
            NoiseMask.Bounds bounds = mask.bounds(length);
            for (int seed = 0; seed < SEEDS; seed++) {
                boolean[] noise = draw(mask, length, seed);
                int tokens = 0;
                int runs = 0;
                for (int i = 0; i < noise.length; i++) {
                    tokens += noise[i] ? 1 : 0;
                    runs += noise[i] && (i == 0 || !noise[i - 1]) ? 1 : 0;
                }
                assertThat(noise.length - tokens + runs)
                        .as("inputs: what is kept of %d tokens, and a sentinel for each of %d runs", length, runs)
                        .isLessThanOrEqualTo(bounds.inputs());
                assertThat(tokens + runs)
                        .as("targets: what is noise of %d tokens, and a sentinel for each of %d runs", length, runs)
                        .isLessThanOrEqualTo(bounds.targets());
            }
        }
    }

    @Test
    protected final void boundsDoNotDecreaseAsSegmentsGrow() {
        NoiseMask mask = mask(vocabulary());
        for (int length = 2; length <= longest(); length++) {
            NoiseMask.Bounds shorter = mask.bounds(length - 1);
            NoiseMask.Bounds longer = mask.bounds(length);
            assertThat(longer.inputs())
                    .as("inputs of a segment of %d tokens", length)
                    .isGreaterThanOrEqualTo(shorter.inputs());
            assertThat(longer.targets())
                    .as("targets of a segment of %d tokens", length)
                    .isGreaterThanOrEqualTo(shorter.targets());
        }
    }

    @Test
    protected final void whatSentinelsHideCanBeRestored() {
        SentinelCorruptor corruptor = new SentinelCorruptor(mask(vocabulary()), vocabulary());
        for (int length = 1; length <= longest(); length++) {
            int[] tokens = Segments.tokens(vocabulary(), length, length);
            Example made = corruptor.corrupt(Example.of(tokens), CounterRandom.of(length, "testkit"));
            assertThat(SentinelText.restore(made, vocabulary())).containsExactly(tokens);
        }
    }

    private boolean[] draw(NoiseMask mask, int length, long seed) {
        Segment segment = new Segment(Segments.tokens(vocabulary(), length, seed), vocabulary());
        return mask.draw(segment, CounterRandom.of(seed, "testkit"));
    }
}
