package org.spactor.objectives.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.corruption.NoiseMask.Bounds;
import org.spactor.api.corruption.Segment;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.corruption.SpanMask.Noise;

class SpanMaskTest {
    private static final SpanMask T5 = new SpanMask(0.15, 3.0);
    private static final Vocabulary VOCABULARY = Vocabulary.sample(3);

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0",
        "2, 1, 1",
        "3, 1, 1",
        "10, 2, 1",
        "30, 4, 1",
        "31, 5, 2",
        "141, 21, 7",
        "284, 43, 14",
        "568, 85, 28"
    })
    void amountOfNoiseIsThatOfT5(int length, int tokens, int spans) {
        assertThat(T5.noise(length)).isEqualTo(new Noise(tokens, spans));
    }

    @ParameterizedTest
    @CsvSource({"0.15, 3.0", "0.15, 1.0", "0.5, 3.0", "0.5, 32.0", "0.8, 1.5", "0.95, 1.0", "0.001, 1.0", "0.999, 1.0"})
    void everyMaskHasExactlyTheNoisePromised(double density, double meanSpanLength) {
        SpanMask mask = new SpanMask(density, meanSpanLength);
        for (int length = 1; length <= 600; length++) {
            boolean[] drawn = mask.draw(segment(length), CounterRandom.of(3, "test", length));

            assertThat(drawn).hasSize(length);
            assertThat(noise(drawn)).as("length %d", length).isEqualTo(mask.noise(length));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.15, 3.0", "0.5, 1.0", "0.9, 1.0"})
    void aMaskStartsWithoutNoiseAndEndsWithNoise(double density, double meanSpanLength) {
        SpanMask mask = new SpanMask(density, meanSpanLength);
        for (int length = 2; length <= 600; length++) {
            for (int seed = 0; seed < 5; seed++) {
                boolean[] drawn = mask.draw(segment(length), CounterRandom.of(seed, "test", length));

                assertThat(drawn[0]).as("first of %d", length).isFalse();
                assertThat(drawn[length - 1]).as("last of %d", length).isTrue();
            }
        }
    }

    @Test
    void aSingleTokenIsNeverNoise() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(T5.draw(segment(1), CounterRandom.of(seed, "test"))).containsExactly(false);
        }
    }

    @Test
    void spansAreFewerWhereFewerTokensAreKept() {
        // 16 noise tokens in spans of 1 would be 16 spans, with 4 tokens to keep them apart.
        assertThat(new SpanMask(0.8, 1.0).noise(20)).isEqualTo(new Noise(16, 4));
    }

    @ParameterizedTest
    @CsvSource({"0.15, 3.0", "0.5, 1.0", "0.8, 1.0", "0.99, 2.5", "0.001, 1.0", "0.9999999999999999, 1.0"})
    void neitherInputsNorTargetsShrinkAsASegmentGrows(double density, double meanSpanLength) {
        SpanMask mask = new SpanMask(density, meanSpanLength);
        Bounds shorter = mask.bounds(1);
        for (int length = 2; length <= 3000; length++) {
            Bounds bounds = mask.bounds(length);

            assertThat(bounds.inputs()).as("inputs of %d", length).isGreaterThanOrEqualTo(shorter.inputs());
            assertThat(bounds.targets()).as("targets of %d", length).isGreaterThanOrEqualTo(shorter.targets());
            shorter = bounds;
        }
    }

    @Test
    void theSameSeedGivesTheSameMask() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(T5.draw(segment(568), CounterRandom.of(seed, "test")))
                    .isEqualTo(T5.draw(segment(568), CounterRandom.of(seed, "test")));
        }
    }

    @Test
    void theMaskOfASeedStaysWhatItWas() {
        assertThat(written(T5.draw(segment(60), CounterRandom.of(0, "test"))))
                .isEqualTo("......#.........................#....................#######");
        assertThat(written(new SpanMask(0.5, 2).draw(segment(40), CounterRandom.of(1, "test"))))
                .isEqualTo("..#.#..##...#....###..####.####.#...#.##");
    }

    @Test
    void differentSeedsGiveDifferentMasks() {
        Map<String, Integer> masks = new HashMap<>();
        for (int seed = 0; seed < 200; seed++) {
            masks.merge(Arrays.toString(T5.draw(segment(568), CounterRandom.of(seed, "test"))), 1, Integer::sum);
        }
        assertThat(masks).hasSize(200);
    }

    @Test
    void everyMaskIsEquallyLikely() {
        // 6 noise tokens in 2 spans: 5 ways; 14 others in 2 spans: 13 ways.
        SpanMask mask = new SpanMask(0.3, 3.0);
        int masks = 5 * 13;
        Map<String, Integer> counts = new HashMap<>();
        for (int seed = 0; seed < 400 * masks; seed++) {
            counts.merge(Arrays.toString(mask.draw(segment(20), CounterRandom.of(seed, "test"))), 1, Integer::sum);
        }

        assertThat(counts).hasSize(masks);
        int[] observed = counts.values().stream().mapToInt(Integer::intValue).toArray();
        assertThat(ChiSquared.ofUniform(observed)).isLessThan(ChiSquared.limit(masks - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {141, 284, 568})
    void aSpanStartsBehindEachKeptTokenEquallyOften(int length) {
        // The last kept token is left out: a span always follows it.
        Noise noise = T5.noise(length);
        int places = length - noise.tokens() - 1;
        int[] starts = new int[places];
        int masks = 4000;
        for (int seed = 0; seed < masks; seed++) {
            boolean[] drawn = T5.draw(segment(length), CounterRandom.of(seed, "test"));
            int kept = -1;
            for (int i = 0; i < length; i++) {
                if (!drawn[i]) {
                    kept++;
                } else if (!drawn[i - 1] && kept < places) {
                    starts[kept]++;
                }
            }
        }

        assertThat(Arrays.stream(starts).sum()).isEqualTo(masks * (noise.spans() - 1));
        // A mask starts spans in s − 1 of the M places without replacement. That makes the variance of a count smaller
        // than that of a Poisson variable, by 1 − (s − 1)/M, and only that times M/(M − 1) is spread over the places.
        double share = (noise.spans() - 1.0) / places;
        double statistic = ChiSquared.ofUniform(starts) / (1 - share) * (places - 1) / places;
        assertThat(statistic).isLessThan(ChiSquared.limit(places - 1));
    }

    @Test
    void anImpossibleDensityOrSpanLengthIsRefused() {
        for (double density : new double[] {0, 1, -0.1, 1.4, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SpanMask(density, 3))
                    .withMessageContaining("(0, 1)");
        }
        for (double length : new double[] {0, 0.99, -3, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SpanMask(0.15, length))
                    .withMessageContaining("[1, inf)");
        }
    }

    private static String written(boolean[] mask) {
        StringBuilder written = new StringBuilder();
        for (boolean noise : mask) {
            written.append(noise ? '#' : '.');
        }
        return written.toString();
    }

    private static Segment segment(int length) {
        return new Segment(new int[length], VOCABULARY);
    }

    private static Noise noise(boolean[] mask) {
        int tokens = 0;
        int spans = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i]) {
                tokens++;
                spans += i == 0 || !mask[i - 1] ? 1 : 0;
            }
        }
        return new Noise(tokens, spans);
    }
}
