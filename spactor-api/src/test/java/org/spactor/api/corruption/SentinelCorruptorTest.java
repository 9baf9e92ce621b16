package org.spactor.api.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;

class SentinelCorruptorTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(1000);

    @ParameterizedTest
    @CsvSource({
        // text first and noise last, as T5's masks are; then every other way to begin and to end
        "..xx.x, a b S e T $ | S c d T f $",
        "xx...x, S c d e T $ | S a b T f $",
        "xx..., S c d e $ | S a b $",
        "..x.., a b S d e $ | S c $",
        "......, a b c d e f $ | $",
        "xxxx, S $ | S a b c d $",
        "x.x.x, S b T d U $ | S a T c U e $",
        "., a $ | $",
        "x, S $ | S a $"
    })
    void everySentinelStandsInFrontOfWhatItStandsFor(String mask, String expected) {
        String[] parts = expected.split("\\|");
        String inputs = parts[parts.length - 2].strip();
        String targets = parts[parts.length - 1].strip();

        Example example = corrupt(fixed(mask), mask.length());

        assertThat(spell(example.get(Feature.INPUTS))).isEqualTo(inputs);
        assertThat(spell(example.get(Feature.TARGETS))).isEqualTo(targets);
    }

    @Test
    void nothingIsLostAndLengthsHoldWhateverTheMask() {
        NoiseMask independent = (segment, random) -> {
            boolean[] noise = new boolean[segment.length()];
            double rate = random.nextDouble();
            for (int i = 0; i < noise.length; i++) {
                noise[i] = random.nextDouble() < rate;
            }
            return noise;
        };
        SentinelCorruptor corruptor = new SentinelCorruptor(independent, VOCABULARY);
        for (int seed = 0; seed < 2_000; seed++) {
            int length = 1 + seed % 60;
            Example example = corruptor.corrupt(Example.of(tokens(length)), CounterRandom.of(seed, "mask"));
            FeatureLengths lengths = corruptor.lengths(FeatureLengths.ofSegment(length));

            assertThat(example.length(Feature.INPUTS)).isLessThanOrEqualTo(lengths.get(Feature.INPUTS));
            assertThat(example.length(Feature.TARGETS)).isLessThanOrEqualTo(lengths.get(Feature.TARGETS));
            assertThat(restore(example)).containsExactly(tokens(length));
        }
    }

    @Test
    void aMaskSeesTokensAndWhereWordsBegin() {
        List<String> seen = new ArrayList<>();
        NoiseMask mask = (segment, random) -> {
            for (int i = 0; i < segment.length(); i++) {
                seen.add(segment.piece(i) + (segment.startsWord(i) ? "|" : "") + segment.endOfWord(i));
            }
            return new boolean[segment.length()];
        };
        // pieces with odd ids begin words; the first token always does
        new SentinelCorruptor(mask, VOCABULARY)
                .corrupt(Example.of(new int[] {4, 4, 5, 4, 7}), RandomGenerator.getDefault());

        assertThat(seen).containsExactly("e4|2", "e42", "\u2581w5|4", "e44", "\u2581w7|5");
    }

    @Test
    void aMaskOfAnotherLengthIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> corrupt(fixed("..x"), 4))
                .withMessage("the noise mask has 3 entries for a segment of 4 tokens");
    }

    private static Example corrupt(NoiseMask mask, int length) {
        return new SentinelCorruptor(mask, VOCABULARY)
                .corrupt(Example.of(tokens(length)), RandomGenerator.getDefault());
    }

    private static NoiseMask fixed(String mask) {
        return (segment, random) -> {
            boolean[] noise = new boolean[mask.length()];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = mask.charAt(i) == 'x';
            }
            return noise;
        };
    }

    private static int[] tokens(int length) {
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = 10 + i;
        }
        return tokens;
    }

    /** a, b, c … for text, S, T, U for the first sentinels, $ for the end. */
    private static String spell(int[] tokens) {
        List<String> letters = new ArrayList<>();
        for (int token : tokens) {
            if (VOCABULARY.isSentinel(token)) {
                letters.add(Character.toString('S' + VOCABULARY.sentinel(0) - token));
            } else {
                letters.add(token == VOCABULARY.end() ? "$" : Character.toString('a' + token - 10));
            }
        }
        return String.join(" ", letters);
    }

    private static int[] restore(Example example) {
        List<Integer> text = new ArrayList<>();
        int[] targets = example.get(Feature.TARGETS);
        for (int token : example.get(Feature.INPUTS)) {
            if (VOCABULARY.isSentinel(token)) {
                int i = 0;
                while (targets[i] != token) {
                    i++;
                }
                for (i++; !VOCABULARY.isSpecial(targets[i]); i++) {
                    text.add(targets[i]);
                }
            } else if (token != VOCABULARY.end()) {
                text.add(token);
            }
        }
        return text.stream().mapToInt(Integer::intValue).toArray();
    }
}
