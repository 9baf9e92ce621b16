package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * What every {@link Corruptor} has to fulfil. A test of one extends this class and says how to make it; that a corruptor
 * does not change the example it is given needs no test, since examples cannot be changed.
 *
 * <p>Segments have the lengths that the corruptor's {@code lengths} answers for: from one token up to {@link #longest},
 * unless it refuses long ones.
 */
public abstract class CorruptorContract {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(1000);
    private static final int SEEDS = 20;
    private static final int[] TINY = {1, 2, 3, 4};
    private static final Feature FOREIGN = Feature.labels("testkit-foreign", 10);

    /** A new corruptor. */
    protected abstract Corruptor corruptor(Vocabulary vocabulary);

    /** Corruptors that have to come before it; none, unless a test says otherwise. */
    protected List<Corruptor> before(Vocabulary vocabulary) {
        return List.of();
    }

    /** The vocabulary that it is tested with. */
    protected Vocabulary vocabulary() {
        return VOCABULARY;
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
            Example input = input(length(seed), seed);
            assertSame(corrupt(corruptor, input, seed), corrupt(corruptor, input, seed));
            assertSame(corrupt(corruptor(vocabulary()), input, seed), corrupt(corruptor, input, seed));
        }
    }

    @Test
    protected final void whatItMakesDoesNotDependOnWhatItMadeBefore() {
        Corruptor used = corruptor(vocabulary());
        for (int seed = SEEDS; seed > 0; seed--) {
            corrupt(used, input(length(seed), seed), seed);
        }
        for (int seed = 0; seed < SEEDS; seed++) {
            Example input = input(length(seed), seed);
            assertSame(corrupt(used, input, seed), corrupt(corruptor(vocabulary()), input, seed));
        }
    }

    @Test
    protected final void threadsMayShareIt() throws Exception {
        Corruptor shared = corruptor(vocabulary());
        int greatest = length(0);
        int examples = 2_000;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Example>> made = new ArrayList<>();
            for (int i = 0; i < examples; i++) {
                int seed = i;
                made.add(threads.submit(() -> corrupt(shared, input(Math.max(1, greatest - seed % 8), seed), seed)));
            }
            Corruptor alone = corruptor(vocabulary());
            for (int i = 0; i < examples; i++) {
                assertSame(made.get(i).get(), corrupt(alone, input(Math.max(1, greatest - i % 8), i), i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    protected final void itMakesTheFeaturesThatItPromisesAndNoneIsLonger() {
        Corruptor corruptor = corruptor(vocabulary());
        for (int length = 1; length <= length(0); length++) {
            FeatureLengths promised = corruptor.lengths(lengthsBefore(length));
            for (int seed = 0; seed < 5; seed++) {
                Example made = corrupt(corruptor, input(length, seed), seed);
                assertThat(made.features())
                        .as("features made of a segment of %d tokens, as lengths() promises", length)
                        .isEqualTo(promised.byFeature().keySet());
                for (Feature feature : made.features()) {
                    assertThat(made.length(feature))
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
        for (int length = 2; length <= length(0); length++) {
            FeatureLengths longer = corruptor.lengths(lengthsBefore(length));
            assertThat(longer.byFeature().keySet())
                    .as("features of a segment of %d tokens", length)
                    .isEqualTo(shorter.byFeature().keySet());
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
            assertThatCode(() -> corruptor.lengths(lengthsBefore(length)))
                    .as("lengths of a segment of %d tokens: every text has an end, which may be as short", length)
                    .doesNotThrowAnyException();
            requireCorrupts(corruptor, length);
        }
    }

    @Test
    protected final void itCorruptsEveryLengthThatItAnswersForAndRefusesTheOthersByName() {
        Corruptor corruptor = corruptor(vocabulary());
        boolean refused = false;
        for (int length = 1; length <= longest(); length++) {
            if (accepts(corruptor, length)) {
                assertThat(refused)
                        .as("lengths() answers for %d tokens, after it refused a shorter segment", length)
                        .isFalse();
                requireCorrupts(corruptor, length);
            } else {
                refused = true;
            }
        }
    }

    @Test
    protected final void everyFeatureHoldsWhatItsDomainAllows() {
        Corruptor corruptor = corruptor(vocabulary());
        for (int seed = 0; seed < SEEDS; seed++) {
            for (int length : new int[] {1, 2, length(0) / 2, length(seed)}) {
                Example made = corrupt(corruptor, input(Math.max(1, length), seed), seed);
                for (Feature feature : made.features()) {
                    assertThat(made.problem(feature, vocabulary()))
                            .as("what is wrong with '%s' of a segment of %d tokens", feature, length)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    protected final void inputsAndTargetsAreNeverEmptyAndHoldNoPadding() {
        Corruptor corruptor = corruptor(vocabulary());
        for (int seed = 0; seed < SEEDS; seed++) {
            Example made = corrupt(corruptor, input(length(seed), seed), seed);
            for (Feature feature : List.of(Feature.INPUTS, Feature.TARGETS)) {
                if (made.has(feature)) {
                    assertThat(made.get(feature))
                            .as("%s: padding comes when batches are made, and counts in no loss", feature)
                            .isNotEmpty()
                            .doesNotContain(vocabulary().pad());
                }
            }
        }
    }

    @Test
    protected final void whereItChangesAFeatureItMakesThePositionsInItAnew() {
        Corruptor corruptor = corruptor(vocabulary());
        for (int seed = 0; seed < SEEDS; seed++) {
            Example input = input(length(seed), seed);
            Example made = corrupt(corruptor, input, seed);
            for (Feature feature : input.features()) {
                if (feature.domain() instanceof Feature.Domain.Positions positions
                        && !made.sharesWith(input, positions.in())) {
                    assertThat(made.sharesWith(input, feature))
                            .as(
                                    "'%s' are the positions that they were, in '%s' that was changed",
                                    feature, positions.in())
                            .isFalse();
                }
            }
        }
    }

    @Test
    protected final void featuresThatItKnowsNothingOfStay() {
        int[] foreign = {3, 1, 4};
        Example input = input(length(0), 0).with(FOREIGN, foreign);

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
            int[] segment = Segments.tokens(vocabulary(), length(seed), seed);
            Optional<int[]> restored = restore(corrupt(corruptor, input(length(seed), seed), seed));
            assumeTrue(restored.isPresent(), "restore() is not implemented: nothing is promised");
            assertThat(restored.get()).containsExactly(segment);
        }
    }

    /** A length near the greatest that the corruptor answers for, another one for each seed. */
    private int length(int seed) {
        Corruptor corruptor = corruptor(vocabulary());
        int greatest = longest();
        while (greatest > 1 && !accepts(corruptor, greatest)) {
            greatest--;
        }
        return Math.max(1, greatest - seed);
    }

    private boolean accepts(Corruptor corruptor, int length) {
        try {
            corruptor.lengths(lengthsBefore(length));
            return true;
        } catch (InvalidOptionException refusal) {
            assertThat(refusal.option())
                    .as("option of '%s'", refusal.getMessage())
                    .isNotBlank();
            return false;
        }
    }

    private void requireCorrupts(Corruptor corruptor, int length) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Example input = input(length, seed);
            long random = seed;
            assertThatCode(() -> corrupt(corruptor, input, random))
                    .as("a segment of %d tokens", length)
                    .doesNotThrowAnyException();
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
