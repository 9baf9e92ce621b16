package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.vocabulary.Vocabulary;

class SegmentLengthTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(32_000);
    private static final Corruptor SPANS = new SentinelCorruptor(new T5SpanMask(), VOCABULARY);

    @ParameterizedTest
    @CsvSource({"128, 141, 29", "256, 284, 58", "512, 568, 114", "1024, 1137, 229"})
    void spanCorruptionHasTheLengthsOfT5(int inputLength, int raw, int targets) {
        SegmentLength found = longest(List.of(SPANS), inputLength);

        assertThat(found.tokens()).isEqualTo(raw);
        assertThat(found.lengths().get(Feature.INPUTS)).isLessThanOrEqualTo(inputLength);
        assertThat(found.lengths().get(Feature.TARGETS)).isEqualTo(targets);
    }

    @Test
    void theNextLongerSegmentNeverFits() {
        for (int inputLength = 2; inputLength < 600; inputLength++) {
            SegmentLength found = longest(List.of(SPANS), inputLength);

            assertThat(found.lengths().get(Feature.INPUTS)).isLessThanOrEqualTo(inputLength);
            assertThat(SPANS.lengths(FeatureLengths.ofSegment(found.tokens() + 1))
                            .get(Feature.INPUTS))
                    .isGreaterThan(inputLength);
        }
    }

    @Test
    void withoutCorruptorsASegmentIsAsLongAsTheInputs() {
        assertThat(longest(List.of(), 100).tokens()).isEqualTo(100);
        assertThat(longest(List.of(), 1).tokens()).isEqualTo(1);
    }

    @Test
    void corruptorsAreAppliedOneAfterTheOther() {
        SegmentLength found = longest(List.of(resizing(n -> n / 2), resizing(n -> n + 10)), 60);

        assertThat(found.tokens()).isEqualTo(101);
    }

    @Test
    void inputsThatAreTooShortForAnySegmentAreAnError() {
        assertThatThrownBy(() -> longest(List.of(resizing(n -> n + 10)), 10))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.input-length: 10")
                .hasMessageContaining("11 tokens");
    }

    @Test
    void corruptorsThatBoundTheInputsAreAnErrorAndNotAnEndlessSearch() {
        assertThatThrownBy(() -> longest(List.of(resizing(n -> Math.min(n, 50))), 60))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("60");
    }

    @Test
    void aRefusalOfLongerSegmentsThanNeededDoesNoHarm() {
        assertThat(longest(List.of(resizing(refusingFrom(101))), 100).tokens()).isEqualTo(100);
    }

    @Test
    void aRefusalOfSegmentsThatWouldFitIsPassedOn() {
        assertThatThrownBy(() -> longest(List.of(resizing(refusingFrom(90))), 100))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("too few sentinels for 90");
        assertThatThrownBy(() -> longest(List.of(resizing(refusingFrom(1))), 100))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("too few sentinels for 1");
    }

    @Test
    void whatIsNoRefusalIsPassedOnWithTheCorruptor() {
        IllegalStateException bug = new IllegalStateException("boom");

        assertThatThrownBy(() -> longest(List.of(SPANS, resizing(n -> failingFrom(n, 110, bug))), 100))
                .isInstanceOf(DataException.class)
                .hasMessage("corruptors[1] failed on lengths {inputs=116, targets=26}: " + bug)
                .hasCause(bug);
    }

    @Test
    void lengthsThatFallWhereASegmentGrowsAreRefused() {
        assertThatThrownBy(() -> longest(List.of(SPANS, resizing(n -> n > 50 ? 10 : n)), 100))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("corruptors[1]: its lengths are ")
                .hasMessageEndingWith("The features have to be the same, and none may become shorter");
        assertThatThrownBy(() -> longest(List.of(promising(lengths -> targets(lengths, 90 - inputs(lengths)))), 64))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("corruptors[0]: its lengths are {inputs=1, targets=89}");
    }

    @Test
    void featuresThatDependOnTheLengthAreRefused() {
        assertThatThrownBy(() -> longest(
                        List.of(promising(lengths -> inputs(lengths) < 20 ? lengths : targets(lengths, 5))), 64))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("corruptors[0]: its lengths are {inputs=16}")
                .hasMessageContaining("The features have to be the same");
    }

    @Test
    void noLengthsAndLengthsWithoutTheInputsAreRefused() {
        assertThatThrownBy(() -> longest(List.of(promising(lengths -> null)), 64))
                .isInstanceOf(DataException.class)
                .hasMessage("corruptors[0]: its lengths are null for examples of lengths {inputs=1}");
        assertThatThrownBy(() ->
                        longest(List.of(promising(lengths -> new FeatureLengths(Map.of(Feature.TARGETS, 3)))), 64))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("corruptors[0]: its lengths are for [targets], but examples have 'inputs' too");
    }

    private static SegmentLength longest(List<Corruptor> corruptors, int inputLength) {
        return SegmentLength.longest(TestCorruptor.chain(corruptors, VOCABULARY), inputLength);
    }

    private static IntUnaryOperator refusingFrom(int length) {
        return n -> {
            if (n >= length) {
                throw new InvalidOptionException("rate", "too few sentinels for " + n);
            }
            return n;
        };
    }

    private static int failingFrom(int length, int limit, RuntimeException bug) {
        if (length >= limit) {
            throw bug;
        }
        return length;
    }

    private static int inputs(FeatureLengths lengths) {
        return lengths.get(Feature.INPUTS);
    }

    private static FeatureLengths targets(FeatureLengths lengths, int length) {
        return lengths.with(Feature.TARGETS, length);
    }

    private static Corruptor resizing(IntUnaryOperator inputs) {
        return promising(lengths -> lengths.with(Feature.INPUTS, inputs.applyAsInt(inputs(lengths))));
    }

    private static Corruptor promising(UnaryOperator<FeatureLengths> lengthsOf) {
        return new TestCorruptor(lengthsOf, (example, random) -> {
            throw new UnsupportedOperationException();
        });
    }
}
