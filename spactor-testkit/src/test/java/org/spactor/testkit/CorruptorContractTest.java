package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.corruption.Vocabulary;

/** Each test of the contract fails for the corruptor that is wrong in its way, and none for one that is right. */
class CorruptorContractTest {
    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(OwnRandomNumbers.class, "theSameSeedGivesTheSameExample"),
            Arguments.of(Remembering.class, "whatItMakesDoesNotDependOnWhatItMadeBefore"),
            Arguments.of(Sharing.class, "threadsMayShareIt"),
            Arguments.of(Longer.class, "itMakesTheFeaturesThatItPromisesAndNoneIsLonger"),
            Arguments.of(Unpromised.class, "itMakesTheFeaturesThatItPromisesAndNoneIsLonger"),
            Arguments.of(Shrinking.class, "promisedLengthsDoNotDecreaseAsSegmentsGrow"),
            Arguments.of(Fussy.class, "segmentsOfAFewTokensAreNoProblem"),
            Arguments.of(Stranger.class, "inputsAndTargetsAreTokensOfTheVocabulary"),
            Arguments.of(Forgetting.class, "featuresThatItKnowsNothingOfStay"),
            Arguments.of(Losing.class, "nothingIsLostIfThatIsPromised")
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongCorruptorFails(Class<?> contract, String test) {
        assertThat(Outcome.of(contract).failed()).containsKey(test);
    }

    @Test
    void aRightOneFulfilsAll() {
        Outcome outcome = Outcome.of(Right.class);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(9);
    }

    /** Changes something about a right corruptor. */
    private abstract static class Changed extends CorruptorContract {
        @Override
        protected final Corruptor corruptor(Vocabulary vocabulary) {
            return changed(new SentinelCorruptor(new EveryFourth(), vocabulary), vocabulary);
        }

        @Override
        protected Optional<int[]> restore(Example corrupted) {
            return Optional.of(SentinelText.restore(corrupted, vocabulary()));
        }

        abstract Corruptor changed(Corruptor right, Vocabulary vocabulary);
    }

    static final class Right extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return right;
        }
    }

    static final class OwnRandomNumbers extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            Random own = new Random();
            return with(right, (example, random) -> right.corrupt(example, own));
        }
    }

    static final class Remembering extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            int[] calls = new int[1];
            return with(right, (example, random) -> {
                // notices only after a while
                return calls[0]++ < 4 ? right.corrupt(example, random) : right.corrupt(example, new Random(calls[0]));
            });
        }
    }

    static final class Sharing extends Changed {
        private volatile Example current;

        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return with(right, (example, random) -> {
                current = example;
                pause();
                return right.corrupt(current, random);
            });
        }

        private static void pause() {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static final class Longer extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return with(right, (example, random) -> {
                Example made = right.corrupt(example, random);
                int[] targets = made.get(Feature.TARGETS);
                return made.with(Feature.TARGETS, Arrays.copyOf(targets, targets.length * 2));
            });
        }
    }

    static final class Unpromised extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return with(
                    right,
                    (example, random) ->
                            right.corrupt(example, random).with(new Feature("surprise", 0), new int[] {1}));
        }
    }

    static final class Shrinking extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return withLengths(right, lengths -> {
                FeatureLengths made = right.lengths(lengths);
                boolean odd = lengths.get(Feature.INPUTS) % 2 == 1;
                return odd ? made.with(Feature.INPUTS, made.get(Feature.INPUTS) + 5) : made;
            });
        }
    }

    static final class Fussy extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return with(right, (example, random) -> {
                int unused = example.get(Feature.INPUTS)[2];
                return unused < 0 ? example : right.corrupt(example, random);
            });
        }
    }

    static final class Stranger extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return with(right, (example, random) -> {
                Example made = right.corrupt(example, random);
                int[] inputs = made.get(Feature.INPUTS);
                inputs[0] = vocabulary.size();
                return made.with(Feature.INPUTS, inputs);
            });
        }
    }

    static final class Forgetting extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return with(right, (example, random) -> right.corrupt(Example.of(example.get(Feature.INPUTS)), random));
        }
    }

    static final class Losing extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return with(right, (example, random) -> {
                Example made = right.corrupt(example, random);
                int[] targets = made.get(Feature.TARGETS);
                return made.with(Feature.TARGETS, Arrays.copyOf(targets, targets.length - 3));
            });
        }
    }

    private interface Corruption {
        Example corrupt(Example example, RandomGenerator random);
    }

    private static Corruptor with(Corruptor right, Corruption corruption) {
        return new Wrapped(right::lengths, corruption);
    }

    private static Corruptor withLengths(Corruptor right, Function<FeatureLengths, FeatureLengths> lengths) {
        return new Wrapped(lengths, right::corrupt);
    }

    private record Wrapped(Function<FeatureLengths, FeatureLengths> promise, Corruption corruption)
            implements Corruptor {
        @Override
        public FeatureLengths lengths(FeatureLengths lengths) {
            return promise.apply(lengths);
        }

        @Override
        public Example corrupt(Example example, RandomGenerator random) {
            return corruption.corrupt(example, random);
        }
    }
}
