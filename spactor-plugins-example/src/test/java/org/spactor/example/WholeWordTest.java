package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.NoiseMask;
import org.spactor.api.corruption.Segment;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.CorruptorContract;
import org.spactor.testkit.NoiseMaskContract;
import org.spactor.testkit.SentinelText;

class WholeWordTest {
    static Corruptor wholeWord(Vocabulary vocabulary) {
        return new WholeWord().create(new WholeWord.Options(0.15), ComponentContext.of(vocabulary));
    }

    @Nested
    class OfItsCorruptor extends CorruptorContract {
        @Override
        protected Corruptor corruptor(Vocabulary vocabulary) {
            return wholeWord(vocabulary);
        }

        @Override
        protected Optional<int[]> restore(Example corrupted) {
            return Optional.of(SentinelText.restore(corrupted, vocabulary()));
        }
    }

    @Nested
    class OfItsMask extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            return new WholeWord.Words(0.15, vocabulary.sentinels());
        }
    }

    /** With more noise than there are sentinels for. */
    @Nested
    class WithFewSentinels extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            return new WholeWord.Words(0.9, vocabulary.sentinels());
        }

        @Override
        protected Vocabulary vocabulary() {
            return Vocabulary.sample(1000, 5, 1100);
        }
    }

    @Test
    void everyWordIsNoiseOrTextAsAWholeAndNoMoreThanTheShareIsNoise() {
        Vocabulary vocabulary = Vocabulary.sample(1000);
        WholeWord.Words words = new WholeWord.Words(0.3, vocabulary.sentinels());
        int noisy = 0;
        for (int seed = 0; seed < 100; seed++) {
            RandomGenerator random = CounterRandom.of(seed, "test");
            int[] tokens = random.ints(60, 3, 1000).toArray();
            Segment segment = new Segment(tokens, vocabulary);
            boolean[] noise = words.draw(segment, random);
            int count = 0;
            for (int i = 0; i < noise.length; i++) {
                count += noise[i] ? 1 : 0;
                if (!segment.startsWord(i)) {
                    assertThat(noise[i]).as("the rest of a word").isEqualTo(noise[i - 1]);
                }
            }
            assertThat(count).isLessThanOrEqualTo(18);
            noisy += count;
        }
        // words that do not fit leave a little of the share unused
        assertThat(noisy).isGreaterThan(100 * 15);
    }
}
