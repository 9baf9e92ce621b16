package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.corruption.Vocabulary;

class SegmentLengthTest {
    private static final Corruptor SPANS = new SentinelCorruptor(new T5SpanMask(), Vocabulary.ofPieces(32_000));

    @ParameterizedTest
    @CsvSource({"128, 141, 29", "256, 284, 58", "512, 568, 114", "1024, 1137, 229"})
    void spanCorruptionHasTheLengthsOfT5(int inputLength, int raw, int targets) {
        SegmentLength found = SegmentLength.longest(List.of(SPANS), inputLength);

        assertThat(found.tokens()).isEqualTo(raw);
        assertThat(found.lengths().get(Feature.INPUTS)).isLessThanOrEqualTo(inputLength);
        assertThat(found.lengths().get(Feature.TARGETS)).isEqualTo(targets);
    }

    @Test
    void theNextLongerSegmentNeverFits() {
        for (int inputLength = 2; inputLength < 600; inputLength++) {
            SegmentLength found = SegmentLength.longest(List.of(SPANS), inputLength);

            assertThat(found.lengths().get(Feature.INPUTS)).isLessThanOrEqualTo(inputLength);
            assertThat(SPANS.lengths(FeatureLengths.ofSegment(found.tokens() + 1))
                            .get(Feature.INPUTS))
                    .isGreaterThan(inputLength);
        }
    }

    @Test
    void withoutCorruptorsASegmentIsAsLongAsTheInputs() {
        assertThat(SegmentLength.longest(List.of(), 100).tokens()).isEqualTo(100);
        assertThat(SegmentLength.longest(List.of(), 1).tokens()).isEqualTo(1);
    }

    @Test
    void corruptorsAreAppliedOneAfterTheOther() {
        SegmentLength found = SegmentLength.longest(List.of(resizing(n -> n / 2), resizing(n -> n + 10)), 60);

        assertThat(found.tokens()).isEqualTo(101);
    }

    @Test
    void inputsThatAreTooShortForAnySegmentAreAnError() {
        assertThatThrownBy(() -> SegmentLength.longest(List.of(resizing(n -> n + 10)), 10))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.input-length: 10")
                .hasMessageContaining("11 tokens");
    }

    @Test
    void corruptorsThatBoundTheInputsAreAnErrorAndNotAnEndlessSearch() {
        assertThatThrownBy(() -> SegmentLength.longest(List.of(resizing(n -> Math.min(n, 50))), 60))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("60");
    }

    @Test
    void aRefusalOfLongerSegmentsThanNeededDoesNoHarm() {
        assertThat(SegmentLength.longest(List.of(resizing(refusingFrom(101))), 100)
                        .tokens())
                .isEqualTo(100);
    }

    @Test
    void aRefusalOfSegmentsThatWouldFitIsPassedOn() {
        assertThatThrownBy(() -> SegmentLength.longest(List.of(resizing(refusingFrom(90))), 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("too few sentinels for 90");
        assertThatThrownBy(() -> SegmentLength.longest(List.of(resizing(refusingFrom(1))), 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("too few sentinels for 1");
    }

    private static IntUnaryOperator refusingFrom(int length) {
        return n -> {
            if (n >= length) {
                throw new IllegalArgumentException("too few sentinels for " + n);
            }
            return n;
        };
    }

    private static Corruptor resizing(IntUnaryOperator inputs) {
        return new Corruptor() {
            @Override
            public FeatureLengths lengths(FeatureLengths lengths) {
                return lengths.with(Feature.INPUTS, inputs.applyAsInt(lengths.get(Feature.INPUTS)));
            }

            @Override
            public Example corrupt(Example example, RandomGenerator random) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
