package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.random.CounterRandom;

/**
 * What every {@link Corruptor} has to fulfil. A test of one extends this class and says how to make it; that a corruptor
 * does not change the example it is given needs no test, since examples cannot be changed.
 */
public abstract class CorruptorContract {
    private static final int SEEDS = 20;
    private static final int[] TINY = {1, 2, 3, 4};
    private static final Feature FOREIGN = new Feature("testkit-foreign", -1);

    /** A new corruptor. */
    protected abstract Corruptor corruptor(Vocabulary vocabulary);

    /** Corruptors that have to come before it; none, unless a test says otherwise. */
    protected List<Corruptor> before(Vocabulary vocabulary) {
        return List.of();
    }

    /** The vocabulary that it is tested with. */
    protected Vocabulary vocabulary() {
        return Vocabulary.ofPieces(1000);
    }

    /** Number of tokens of the longest segment that it is tested with. */
    protected int longest() {
        return 160;
    }

    /**
     * For a corruptor that loses nothing: the segment, from what it made of it. {@link SentinelText#restore} does it where
     * sentinels stand for what is in the targets.
     */
    protected Optional<int[]> restore(Example corrupted) {
        return Optional.empty();
    }

    @Test
    protected final void theSameSeedGivesTheSameExample() {
        Corruptor corruptor = corruptor(vocabulary());
        for (int seed = 0; seed < SEEDS; seed++) {
            Example input = input(longest() - seed, seed);
            assertSame(corrupt(corruptor, input, seed), corrupt(corruptor, input, seed));
            assertSame(corrupt(corruptor(vocabulary()), input, seed), corrupt(corruptor, input, seed));
        }
    }

    @Test
    protected final void whatItMakesDoesNotDependOnWhatItMadeBefore() {
        Corruptor used = corruptor(vocabulary());
        for (int seed = SEEDS; seed > 0; seed--) {
            corrupt(used, input(longest() - seed, seed), seed);
        }
        for (int seed = 0; seed < SEEDS; seed++) {
            Example input = input(longest() - seed, seed);
            assertSame(corrupt(used, input, seed), corrupt(corruptor(vocabulary()), input, seed));
        }
    }

    @Test
    protected final void threadsMayShareIt() throws Exception {
        Corruptor shared = corruptor(vocabulary());
        int examples = 2_000;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Example>> made = new ArrayList<>();
            for (int i = 0; i < examples; i++) {
                int seed = i;
                made.add(threads.submit(() -> corrupt(shared, input(longest() - seed % 8, seed), seed)));
            }
            Corruptor alone = corruptor(vocabulary());
            for (int i = 0; i < examples; i++) {
                assertSame(made.get(i).get(), corrupt(alone, input(longest() - i % 8, i), i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    protected final void itMakesTheFeaturesThatItPromisesAndNoneIsLonger() {
        Corruptor corruptor = corruptor(vocabulary());
        for (int length = 1; length <= longest(); length++) {
            FeatureLengths promised = corruptor.lengths(lengthsBefore(length));
            for (int seed = 0; seed < 5; seed++) {
                Example made = corrupt(corruptor, input(length, seed), seed);
                assertThat(made.features())
                        .as("features made of a segment of %d tokens, as lengths() promises", length)
                        .isEqualTo(promised.byFeature().keySet());
                for (Feature feature : made.features()) {
                    assertThat(made.get(feature).length)
                            .as("length of %s made of a segment of %d tokens, as lengths() promises", feature, length)
                            .isLessThanOrEqualTo(promised.get(feature));
                }
            }
        }
    }

    @Test
    protected final void promisedLengthsDoNotDecreaseAsSegmentsGrow() {
        Corruptor corruptor = corruptor(vocabulary());
        FeatureLengths shorter = corruptor.lengths(lengthsBefore(1));
        for (int length = 2; length <= longest(); length++) {
            FeatureLengths longer = corruptor.lengths(lengthsBefore(length));
            for (Feature feature : shorter.byFeature().keySet()) {
                assertThat(longer.get(feature))
                        .as("%s of a segment of %d tokens", feature, length)
                        .isGreaterThanOrEqualTo(shorter.get(feature));
            }
            shorter = longer;
        }
    }

    @Test
    protected final void segmentsOfAFewTokensAreNoProblem() {
        Corruptor corruptor = corruptor(vocabulary());
        for (int length : TINY) {
            for (int seed = 0; seed < SEEDS; seed++) {
                Example input = input(length, seed);
                long random = seed;
                assertThatCode(() -> corrupt(corruptor, input, random))
                        .as("a segment of %d tokens", length)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    protected final void inputsAndTargetsAreTokensOfTheVocabulary() {
        Corruptor corruptor = corruptor(vocabulary());
        for (int seed = 0; seed < SEEDS; seed++) {
            Example made = corrupt(corruptor, input(longest(), seed), seed);
            for (Feature feature : List.of(Feature.INPUTS, Feature.TARGETS)) {
                if (made.has(feature)) {
                    assertThat(Arrays.stream(made.get(feature)).boxed())
                            .as(feature.name())
                            .isNotEmpty()
                            .allSatisfy(token -> assertThat(token)
                                    .isGreaterThan(Vocabulary.PAD)
                                    .isLessThan(vocabulary().size()));
                }
            }
        }
    }

    @Test
    protected final void featuresThatItKnowsNothingOfStay() {
        int[] foreign = {3, 1, 4};
        Example input = input(longest(), 0).with(FOREIGN, foreign);

        Example made = corrupt(corruptor(vocabulary()), input, 0);

        assertThat(made.has(FOREIGN))
                .as("a feature of another corruptor is still there")
                .isTrue();
        assertThat(made.get(FOREIGN)).containsExactly(foreign);
    }

    @Test
    protected final void nothingIsLostIfThatIsPromised() {
        Corruptor corruptor = corruptor(vocabulary());
        for (int seed = 0; seed < SEEDS; seed++) {
            int[] segment = Segments.tokens(vocabulary(), longest() - seed, seed);
            Optional<int[]> restored = restore(corrupt(corruptor, input(longest() - seed, seed), seed));
            assumeTrue(restored.isPresent(), "restore() is not implemented: nothing is promised");
            assertThat(restored.get()).containsExactly(segment);
        }
    }

    private Example input(int length, long seed) {
        return Segments.corrupted(before(vocabulary()), Segments.tokens(vocabulary(), length, seed), seed);
    }

    private FeatureLengths lengthsBefore(int length) {
        return Segments.lengths(before(vocabulary()), length);
    }

    private static Example corrupt(Corruptor corruptor, Example input, long seed) {
        return corruptor.corrupt(input, CounterRandom.of(seed, "testkit"));
    }

    private static void assertSame(Example actual, Example expected) {
        assertThat(actual.features()).isEqualTo(expected.features());
        for (Feature feature : expected.features()) {
            assertThat(actual.get(feature)).as(feature.name()).containsExactly(expected.get(feature));
        }
    }
}
