package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.NoiseMask;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.vocabulary.Vocabulary;

/** Each test of the contract fails for the corruptor that is wrong in its way, and none for one that is right. */
class CorruptorContractTest {
    private static final int TESTS = 12;

    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(
                    OwnRandomNumbers.class,
                    Set.of(
                            "theSameSeedGivesTheSameExample",
                            "whatItMakesDoesNotDependOnWhatItMadeBefore",
                            "threadsMayShareIt")),
            Arguments.of(Remembering.class, Set.of("whatItMakesDoesNotDependOnWhatItMadeBefore")),
            Arguments.of(Sharing.class, Set.of("threadsMayShareIt")),
            Arguments.of(Longer.class, Set.of("itMakesTheFeaturesThatItPromisesAndNoneIsLonger")),
            Arguments.of(Unpromised.class, Set.of("itMakesTheFeaturesThatItPromisesAndNoneIsLonger")),
            Arguments.of(Shrinking.class, Set.of("promisedLengthsDoNotDecreaseAsSegmentsGrow")),
            Arguments.of(Stranger.class, Set.of("everyFeatureHoldsWhatItsDomainAllows")),
            Arguments.of(BehindTheEnd.class, Set.of("everyFeatureHoldsWhatItsDomainAllows")),
            Arguments.of(AnotherLabel.class, Set.of("everyFeatureHoldsWhatItsDomainAllows")),
            Arguments.of(Padding.class, Set.of("inputsAndTargetsAreNeverEmptyAndHoldNoPadding")),
            Arguments.of(LeavesPositions.class, Set.of("whereItChangesAFeatureItMakesThePositionsInItAnew")),
            Arguments.of(Forgetting.class, Set.of("featuresThatItKnowsNothingOfStay")),
            Arguments.of(Losing.class, Set.of("nothingIsLostIfThatIsPromised"))
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongCorruptorFailsInThatAndNothingElse(Class<?> contract, Set<String> tests) {
        assertThat(Outcome.of(contract).failed().keySet()).isEqualTo(tests);
    }

    static Arguments[] wrongInManyWays() {
        String refusals = "itCorruptsEveryLengthThatItAnswersForAndRefusesTheOthersByName";
        return new Arguments[] {
            Arguments.of(Fussy.class, "segmentsOfAFewTokensAreNoProblem"),
            Arguments.of(RefusesTheShortest.class, "segmentsOfAFewTokensAreNoProblem"),
            Arguments.of(Fussy.class, refusals),
            Arguments.of(OutOfSentinels.class, refusals),
            Arguments.of(RefusesInSecret.class, refusals),
            Arguments.of(RefusesEvenLengths.class, refusals)
        };
    }

    @ParameterizedTest
    @MethodSource("wrongInManyWays")
    void oneThatIsWrongInManyWaysFailsInThatToo(Class<?> contract, String test) {
        assertThat(Outcome.of(contract).failed()).containsKey(test);
    }

    @ParameterizedTest
    @ValueSource(classes = {Right.class, RefusesByName.class, MakesPositionsAnew.class})
    void aRightOneFulfilsAll(Class<?> contract) {
        Outcome outcome = Outcome.of(contract);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(TESTS);
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
            int[] shortest = {Integer.MAX_VALUE};
            return with(right, (example, random) -> {
                int length = example.length(Feature.INPUTS);
                shortest[0] = Math.min(shortest[0], length);
                boolean notices = shortest[0] < length && shortest[0] < 150;
                return right.corrupt(example, notices ? new Random(length) : random);
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
                int[] longer = Arrays.copyOf(targets, targets.length * 2);
                Arrays.fill(longer, targets.length, longer.length, vocabulary.end());
                return made.with(Feature.TARGETS, longer);
            });
        }
    }

    static final class Unpromised extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return with(
                    right,
                    (example, random) ->
                            right.corrupt(example, random).with(Feature.tokens("surprise"), new int[] {1}));
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

    /** A sentinel for every token, without a look at how many there are. */
    static final class OutOfSentinels extends CorruptorContract {
        @Override
        protected Corruptor corruptor(Vocabulary vocabulary) {
            NoiseMask everySecond = (segment, random) -> {
                boolean[] mask = new boolean[segment.length()];
                for (int i = 0; i < mask.length; i += 2) {
                    mask[i] = true;
                }
                return mask;
            };
            return new SentinelCorruptor(everySecond, vocabulary);
        }

        @Override
        protected Vocabulary vocabulary() {
            return Vocabulary.sample(1000, 20, 1100);
        }

        /** Forty tokens need twenty sentinels, and are as many as most tests look at. */
        @Override
        protected int longest() {
            return 41;
        }
    }

    /** Refuses segments above a length. */
    private abstract static class Refusing extends Changed {
        abstract boolean refuses(int length);

        abstract RuntimeException refusal(int length);

        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return withLengths(right, lengths -> {
                int length = lengths.get(Feature.INPUTS);
                if (refuses(length)) {
                    throw refusal(length);
                }
                return right.lengths(lengths);
            });
        }
    }

    static class RefusesByName extends Refusing {
        @Override
        boolean refuses(int length) {
            return length > 150;
        }

        @Override
        RuntimeException refusal(int length) {
            return new InvalidOptionException("rate", "0.5 needs more sentinels than there are");
        }
    }

    static final class RefusesTheShortest extends RefusesByName {
        @Override
        boolean refuses(int length) {
            return length < 3;
        }
    }

    static final class RefusesInSecret extends RefusesByName {
        @Override
        RuntimeException refusal(int length) {
            return new IllegalStateException("boom");
        }
    }

    static final class RefusesEvenLengths extends RefusesByName {
        @Override
        boolean refuses(int length) {
            return length > 10 && length < 160 && length % 2 == 0;
        }
    }

    /** The place of the first sentinel, one too far. */
    static final class BehindTheEnd extends Changed {
        private static final Feature PLACE = Feature.positions("place", Feature.INPUTS);

        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return new Wrapped(lengths -> right.lengths(lengths).with(PLACE, 1), (example, random) -> {
                Example made = right.corrupt(example, random);
                return made.with(PLACE, new int[] {made.length(Feature.INPUTS)});
            });
        }
    }

    static final class AnotherLabel extends Changed {
        private static final Feature ANSWER = Feature.labels("answer", 2);

        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return new Wrapped(
                    lengths -> right.lengths(lengths).with(ANSWER, 1),
                    (example, random) -> right.corrupt(example, random).with(ANSWER, new int[] {2}));
        }
    }

    static final class Padding extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return with(right, (example, random) -> {
                Example made = right.corrupt(example, random);
                int[] targets = made.get(Feature.TARGETS);
                targets[targets.length - 1] = vocabulary.pad();
                return made.with(Feature.TARGETS, targets);
            });
        }

        @Override
        protected Optional<int[]> restore(Example corrupted) {
            return Optional.empty();
        }
    }

    /** Behind a corruptor that says where the first token is. */
    private abstract static class AfterPositions extends CorruptorContract {
        static final Feature FIRST = Feature.positions("first", Feature.INPUTS);

        @Override
        protected final List<Corruptor> before(Vocabulary vocabulary) {
            return List.of(new Wrapped(
                    lengths -> lengths.with(FIRST, 1), (example, random) -> example.with(FIRST, new int[] {0})));
        }

        static Example without(Example example) {
            int[] inputs = example.get(Feature.INPUTS);
            return example.with(Feature.INPUTS, Arrays.copyOf(inputs, Math.max(1, inputs.length - 1)));
        }
    }

    static final class LeavesPositions extends AfterPositions {
        @Override
        protected Corruptor corruptor(Vocabulary vocabulary) {
            return new Wrapped(lengths -> lengths, (example, random) -> without(example));
        }
    }

    static final class MakesPositionsAnew extends AfterPositions {
        @Override
        protected Corruptor corruptor(Vocabulary vocabulary) {
            return new Wrapped(
                    lengths -> lengths, (example, random) -> without(example).with(FIRST, new int[] {0}));
        }
    }

    static final class Stranger extends Changed {
        @Override
        Corruptor changed(Corruptor right, Vocabulary vocabulary) {
            return with(right, (example, random) -> {
                Example made = right.corrupt(example, random);
                int[] inputs = made.get(Feature.INPUTS);
                inputs[inputs.length - 1] = vocabulary.size();
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
                return made.with(Feature.TARGETS, Arrays.copyOf(targets, Math.max(1, targets.length - 3)));
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
