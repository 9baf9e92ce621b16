package org.spactor.objectives.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.spactor.objectives.corruption.TokenMaskCorruptor.MASKED_INPUTS;
import static org.spactor.objectives.corruption.TokenMaskCorruptor.MASKED_POSITIONS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.DeclaredDefaults;

class TokenMaskCorruptorTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(32_000, 100, 32_128);
    private static final ComponentContext CONTEXT = ComponentContext.of(VOCABULARY);
    private static final int MASK = 32_100;
    private static final Corruptor DEFAULT = tokenMask(DeclaredDefaults.of(TokenMaskOptions.class));
    private static final Corruptor SPAN =
            new SpanCorruptorProvider().create(DeclaredDefaults.of(SpanOptions.class), CONTEXT);

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.15, 0.5, 0.999})
    void theShareOfEligibleTokensIsMaskedButAtLeastOne(double rate) {
        Corruptor corruptor = tokenMask(new TokenMaskOptions(rate, -1));
        for (int length = 0; length <= 400; length++) {
            Example corrupted = corruptor.corrupt(mixture(length), CounterRandom.of(4, "test", length));

            int eligible = eligible(corrupted.get(Feature.INPUTS));
            int expected = eligible == 0 ? 0 : Math.max(1, (int) Math.rint(rate * eligible));
            assertThat(corrupted.get(MASKED_POSITIONS)).hasSize(expected);
        }
    }

    @Test
    void onlyEligibleTokensAreMasked() {
        for (int length = 0; length <= 400; length++) {
            for (int seed = 0; seed < 5; seed++) {
                Example corrupted = DEFAULT.corrupt(mixture(length), CounterRandom.of(seed, "test", length));

                int[] inputs = corrupted.get(Feature.INPUTS);
                for (int position : corrupted.get(MASKED_POSITIONS)) {
                    assertThat(VOCABULARY.isSpecial(inputs[position])).isFalse();
                }
            }
        }
    }

    @Test
    void positionsAscendWithoutRepetition() {
        for (int length = 0; length <= 400; length++) {
            int[] positions = DEFAULT.corrupt(mixture(length), CounterRandom.of(4, "test", length))
                    .get(MASKED_POSITIONS);

            assertThat(positions).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void maskedInputsAreTheInputsWithTheMaskAtThePositions() {
        for (int length = 0; length <= 400; length++) {
            Example corrupted = DEFAULT.corrupt(mixture(length), CounterRandom.of(4, "test", length));

            int[] expected = corrupted.get(Feature.INPUTS);
            for (int position : corrupted.get(MASKED_POSITIONS)) {
                expected[position] = MASK;
            }
            assertThat(corrupted.get(MASKED_INPUTS)).isEqualTo(expected);
        }
    }

    @Test
    void inputsAreLeftAlone() {
        for (int length = 0; length <= 100; length++) {
            Example corrupted = DEFAULT.corrupt(mixture(length), CounterRandom.of(4, "test", length));

            assertThat(corrupted.get(Feature.INPUTS)).isEqualTo(mixture(length).get(Feature.INPUTS));
        }
    }

    @Test
    void everyEligibleTokenIsMaskedEquallyOften() {
        int tokens = 60;
        int rounds = 20_000;
        int[] counts = new int[tokens];
        for (int seed = 0; seed < rounds; seed++) {
            int[] positions = DEFAULT.corrupt(text(tokens), CounterRandom.of(seed, "test"))
                    .get(MASKED_POSITIONS);
            for (int position : positions) {
                counts[position]++;
            }
        }
        // 9 of 60 without replacement: the counts vary less than Poisson variables, by (1 − 9/60) · 60/59.
        double statistic = ChiSquared.ofUniform(counts) / ((1 - 9 / 60.0) * 60 / 59);
        assertThat(statistic).isLessThan(ChiSquared.limit(tokens - 1));
    }

    @Test
    void theSameSeedGivesTheSamePositions() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(positions(seed)).isEqualTo(positions(seed));
        }
    }

    @Test
    void differentSeedsGiveDifferentPositions() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(positions(seed)).isNotEqualTo(positions(seed + 1));
        }
    }

    @Test
    void withoutEligibleTokensNothingIsMasked() {
        int[] special = {VOCABULARY.sentinel(0), VOCABULARY.sentinel(99), VOCABULARY.end(), VOCABULARY.pad()};
        Example corrupted = DEFAULT.corrupt(Example.of(special), CounterRandom.of(1, "test"));

        assertThat(corrupted.get(MASKED_POSITIONS)).isEmpty();
        assertThat(corrupted.get(MASKED_INPUTS)).isEqualTo(special);
    }

    @Test
    void theOnlyEligibleTokenIsMasked() {
        Example corrupted = DEFAULT.corrupt(Example.of(new int[] {7, VOCABULARY.end()}), CounterRandom.of(1, "test"));

        assertThat(corrupted.get(MASKED_POSITIONS)).containsExactly(0);
        assertThat(corrupted.get(MASKED_INPUTS)).containsExactly(MASK, VOCABULARY.end());
    }

    @Test
    void anUnknownTokenIsEligible() {
        Example corrupted = DEFAULT.corrupt(Example.of(new int[] {VOCABULARY.unknown()}), CounterRandom.of(1, "test"));

        assertThat(corrupted.get(MASKED_POSITIONS)).containsExactly(0);
    }

    @Test
    void featuresFitIntoTheLengthsPromisedAndFillThemWhereEveryTokenIsEligible() {
        for (int length = 0; length <= 400; length++) {
            FeatureLengths promised = DEFAULT.lengths(FeatureLengths.ofSegment(length));
            Example mixed = DEFAULT.corrupt(mixture(length), CounterRandom.of(4, "test", length));
            Example plain = DEFAULT.corrupt(text(length), CounterRandom.of(4, "test", length));

            assertThat(mixed.get(MASKED_POSITIONS)).hasSizeLessThanOrEqualTo(promised.get(MASKED_POSITIONS));
            assertThat(plain.get(MASKED_POSITIONS)).hasSize(promised.get(MASKED_POSITIONS));
            assertThat(plain.get(MASKED_INPUTS)).hasSize(promised.get(MASKED_INPUTS));
            assertThat(promised.get(Feature.INPUTS)).isEqualTo(length);
        }
    }

    @Test
    void afterSpanCorruptionItMasksTheCorruptedInputs() {
        for (int length = 1; length <= 600; length++) {
            FeatureLengths promised = DEFAULT.lengths(SPAN.lengths(FeatureLengths.ofSegment(length)));
            CounterRandom random = CounterRandom.of(9, "test", length);
            Example spans = SPAN.corrupt(text(length), random);
            Example masked = DEFAULT.corrupt(spans, random);

            assertThat(masked.features())
                    .containsExactlyInAnyOrder(Feature.INPUTS, Feature.TARGETS, MASKED_POSITIONS, MASKED_INPUTS);
            assertThat(masked.get(Feature.INPUTS)).isEqualTo(spans.get(Feature.INPUTS));
            assertThat(masked.get(Feature.TARGETS)).isEqualTo(spans.get(Feature.TARGETS));
            int eligible = eligible(masked.get(Feature.INPUTS));
            assertThat(masked.get(MASKED_POSITIONS)).hasSize(Math.max(1, (int) Math.rint(0.15 * eligible)));
            for (Feature feature : masked.features()) {
                assertThat(masked.get(feature)).hasSizeLessThanOrEqualTo(promised.get(feature));
            }
        }
    }

    @Test
    void anotherUnusedIdMayBeTheMask() {
        Example corrupted = tokenMask(new TokenMaskOptions(0.15, 32_127))
                .corrupt(Example.of(new int[] {7}), CounterRandom.of(1, "test"));

        assertThat(corrupted.get(MASKED_INPUTS)).containsExactly(32_127);
    }

    @ParameterizedTest
    @CsvSource({"-2", "0", "1", "2", "31999", "32000", "32099", "32128"})
    void aMaskThatIsInUseOrOutsideTheVocabularyIsRefused(int maskId) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> tokenMask(new TokenMaskOptions(0.15, maskId)))
                .satisfies(e -> assertThat(e.option()).isEqualTo("mask-id"))
                .withMessageStartingWith(maskId + " is not an unused id")
                .withMessageContaining("32100 to 32127");
    }

    @Test
    void aVocabularyWithoutUnusedIdsIsRefused() {
        Vocabulary full = Vocabulary.sample(32_000, 100, 32_100);
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new TokenMaskCorruptorProvider()
                        .create(DeclaredDefaults.of(TokenMaskOptions.class), ComponentContext.of(full)))
                .satisfies(e -> assertThat(e.option()).isEqualTo("mask-id"))
                .withMessageContaining("none is left");
    }

    private static Corruptor tokenMask(TokenMaskOptions options) {
        return new TokenMaskCorruptorProvider().create(options, CONTEXT);
    }

    private static int[] positions(int seed) {
        return DEFAULT.corrupt(text(400), CounterRandom.of(seed, "test")).get(MASKED_POSITIONS);
    }

    private static int eligible(int[] tokens) {
        int eligible = 0;
        for (int token : tokens) {
            boolean special = token == VOCABULARY.pad() || token == VOCABULARY.end() || VOCABULARY.isSentinel(token);
            eligible += special ? 0 : 1;
        }
        return eligible;
    }

    private static Example text(int length) {
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = 3 + i;
        }
        return Example.of(tokens);
    }

    /** Text, sentinels, ends and padding in random order. */
    private static Example mixture(int length) {
        CounterRandom random = CounterRandom.of(8, "mixture", length);
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = switch (random.nextInt(6)) {
                case 0 -> VOCABULARY.sentinel(random.nextInt(100));
                case 1 -> VOCABULARY.end();
                case 2 -> VOCABULARY.pad();
                default -> 2 + random.nextInt(31_998);
            };
        }
        return Example.of(tokens);
    }
}
