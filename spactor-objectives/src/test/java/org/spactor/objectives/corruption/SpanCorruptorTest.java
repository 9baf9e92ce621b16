package org.spactor.objectives.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.DeclaredDefaults;

class SpanCorruptorTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(32_000, 100, 32_128);
    private static final Corruptor T5 = corruptor(DeclaredDefaults.of(SpanOptions.class));

    @ParameterizedTest
    @CsvSource({"128, 141, 29", "256, 284, 58", "512, 568, 114", "1024, 1137, 229"})
    void theLongestSegmentWhoseInputsFitIsThatOfT5(int inputs, int raw, int targets) {
        int longest = 1;
        while (T5.lengths(FeatureLengths.ofSegment(longest + 1)).get(Feature.INPUTS) <= inputs) {
            longest++;
        }

        assertThat(longest).isEqualTo(raw);
        assertThat(T5.lengths(FeatureLengths.ofSegment(longest)).get(Feature.INPUTS))
                .isEqualTo(inputs);
        assertThat(T5.lengths(FeatureLengths.ofSegment(longest)).get(Feature.TARGETS))
                .isEqualTo(targets);
    }

    @ParameterizedTest
    @CsvSource({"0.15, 3.0", "0.5, 8.0", "0.9, 8.0", "0.05, 1.0"})
    void featuresHaveExactlyTheLengthsPromised(double density, double meanSpanLength) {
        Corruptor corruptor = corruptor(new SpanOptions(density, meanSpanLength));
        for (int length = 1; length <= 600; length++) {
            FeatureLengths promised = corruptor.lengths(FeatureLengths.ofSegment(length));
            Example corrupted = corruptor.corrupt(segment(length), CounterRandom.of(1, "test", length));

            assertThat(corrupted.get(Feature.INPUTS)).hasSize(promised.get(Feature.INPUTS));
            assertThat(corrupted.get(Feature.TARGETS)).hasSize(promised.get(Feature.TARGETS));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.15, 3.0", "0.5, 8.0", "0.9, 8.0", "0.05, 1.0"})
    void theOriginalIsRestoredBySplicingTheTargetsIntoTheInputs(double density, double meanSpanLength) {
        Corruptor corruptor = corruptor(new SpanOptions(density, meanSpanLength));
        for (int length = 1; length <= 600; length++) {
            for (int seed = 0; seed < 3; seed++) {
                Example original = segment(length);
                Example corrupted = corruptor.corrupt(original, CounterRandom.of(seed, "test", length));

                assertThat(splice(corrupted)).isEqualTo(original.get(Feature.INPUTS));
            }
        }
    }

    @Test
    void sentinelsCountUpwardsInInputsAndTargets() {
        Example corrupted = T5.corrupt(segment(568), CounterRandom.of(11, "test"));

        for (Feature feature : List.of(Feature.INPUTS, Feature.TARGETS)) {
            List<Integer> sentinels = new ArrayList<>();
            for (int token : corrupted.get(feature)) {
                if (VOCABULARY.isSentinel(token)) {
                    sentinels.add(token);
                }
            }
            assertThat(sentinels).hasSize(28);
            for (int k = 0; k < sentinels.size(); k++) {
                assertThat(sentinels.get(k)).isEqualTo(32_099 - k);
            }
        }
    }

    @Test
    void inputsAndTargetsEndWithTheEndToken() {
        for (int length = 1; length <= 100; length++) {
            Example corrupted = T5.corrupt(segment(length), CounterRandom.of(2, "test", length));

            assertThat(corrupted.get(Feature.INPUTS)).endsWith(VOCABULARY.end());
            assertThat(corrupted.get(Feature.TARGETS)).endsWith(VOCABULARY.end());
        }
    }

    @Test
    void aSingleTokenIsKept() {
        Example corrupted = T5.corrupt(Example.of(new int[] {77}), CounterRandom.of(2, "test"));

        assertThat(corrupted.get(Feature.INPUTS)).containsExactly(77, VOCABULARY.end());
        assertThat(corrupted.get(Feature.TARGETS)).containsExactly(VOCABULARY.end());
        assertThat(T5.lengths(FeatureLengths.ofSegment(1)))
                .isEqualTo(FeatureLengths.ofSegment(2).with(Feature.TARGETS, 1));
    }

    @Test
    void theSameSeedGivesTheSameExample() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(corrupted(568, seed)).isEqualTo(corrupted(568, seed));
        }
    }

    @Test
    void differentSeedsGiveDifferentExamples() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(corrupted(568, seed)).isNotEqualTo(corrupted(568, seed + 1));
        }
    }

    @Test
    void theExampleGivenIsLeftAlone() {
        Example original = segment(100);
        T5.corrupt(original, CounterRandom.of(1, "test"));

        assertThat(original.features()).containsExactly(Feature.INPUTS);
        assertThat(original.get(Feature.INPUTS)).isEqualTo(segment(100).get(Feature.INPUTS));
    }

    @Test
    void moreSpansThanSentinelsAreRefusedWithTheOptionsToChange() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> T5.lengths(FeatureLengths.ofSegment(2048)))
                .satisfies(e -> assertThat(e.option()).isEqualTo("mean-span-length"))
                .withMessageStartingWith("3.0 makes 102 spans of a segment of 2048 tokens")
                .withMessageContaining("100 sentinels")
                .withMessageContaining("noise-density");
    }

    @Test
    void lengthsAreToldOfWhatIsCorruptedAndOfNothingElse() {
        int longest = 1;
        while (new SpanMask(0.15, 3.0).noise(longest + 1).spans() <= 100) {
            longest++;
        }
        Example tooLong = segment(longest + 1);
        FeatureLengths lengths = FeatureLengths.ofSegment(longest + 1);

        Example corrupted = T5.corrupt(segment(longest), CounterRandom.of(1, "test"));

        assertThat(corrupted.get(Feature.INPUTS)).contains(VOCABULARY.sentinel(99));
        assertThat(T5.lengths(FeatureLengths.ofSegment(longest)).get(Feature.INPUTS))
                .isEqualTo(corrupted.length(Feature.INPUTS));
        assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> T5.lengths(lengths));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> T5.corrupt(tooLong, CounterRandom.of(1, "test")));
    }

    private static Corruptor corruptor(SpanOptions options) {
        return new SpanCorruptorProvider().create(options, ComponentContext.of(VOCABULARY));
    }

    private static int[] corrupted(int length, int seed) {
        return T5.corrupt(segment(length), CounterRandom.of(seed, "test")).get(Feature.INPUTS);
    }

    /** A segment whose tokens are all different. */
    private static Example segment(int length) {
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = 3 + i;
        }
        return Example.of(tokens);
    }

    /** Replaces each sentinel of the inputs by the tokens that follow the same sentinel in the targets. */
    private static int[] splice(Example corrupted) {
        IntStream.Builder spliced = IntStream.builder();
        int[] targets = corrupted.get(Feature.TARGETS);
        for (int token : corrupted.get(Feature.INPUTS)) {
            if (VOCABULARY.isSentinel(token)) {
                int position = 0;
                while (targets[position] != token) {
                    position++;
                }
                for (position++; !VOCABULARY.isSpecial(targets[position]); position++) {
                    spliced.add(targets[position]);
                }
            } else if (token != VOCABULARY.end()) {
                spliced.add(token);
            }
        }
        return spliced.build().toArray();
    }
}
