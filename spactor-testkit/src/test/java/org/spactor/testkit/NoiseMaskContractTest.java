package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.corruption.NoiseMask;
import org.spactor.api.corruption.Segment;
import org.spactor.api.vocabulary.Vocabulary;

/** Each test of the contract fails for the mask that is wrong in its way, and none for one that is right. */
class NoiseMaskContractTest {
    private static final int TESTS = 6;

    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(
                    OwnRandomNumbers.class,
                    Set.of("theSameSeedGivesTheSameMask", "whatItDrawsDoesNotDependOnWhatItDrewBefore")),
            Arguments.of(Remembering.class, Set.of("whatItDrawsDoesNotDependOnWhatItDrewBefore")),
            Arguments.of(TooShort.class, Set.of("everyTokenIsNoiseOrNot", "whatSentinelsHideCanBeRestored")),
            Arguments.of(FewTargets.class, Set.of("whatItDrawsIsWithinItsBounds")),
            Arguments.of(FewInputs.class, Set.of("whatItDrawsIsWithinItsBounds")),
            Arguments.of(Shrinking.class, Set.of("boundsDoNotDecreaseAsSegmentsGrow")),
            Arguments.of(OutOfSentinels.class, Set.of("whatSentinelsHideCanBeRestored"))
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongMaskFails(Class<?> contract, Set<String> tests) {
        assertThat(Outcome.of(contract).failed().keySet()).isEqualTo(tests);
    }

    @ParameterizedTest
    @ValueSource(classes = {Right.class, All.class, None.class})
    void aRightOneFulfilsAll(Class<?> contract) {
        Outcome outcome = Outcome.of(contract);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(TESTS);
    }

    static final class Right extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            return new EveryFourth();
        }
    }

    static final class All extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            return (segment, random) -> allOf(segment.length());
        }
    }

    static final class None extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            return (segment, random) -> new boolean[segment.length()];
        }
    }

    static final class OwnRandomNumbers extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            Random own = new Random();
            return (segment, random) -> new EveryFourth().draw(segment, own);
        }
    }

    /** Notices only after a while. */
    static final class Remembering extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            int[] lengths = {Integer.MAX_VALUE};
            return (segment, random) -> {
                lengths[0] = Math.min(lengths[0], segment.length());
                boolean[] mask = new EveryFourth().draw(segment, random);
                mask[0] ^= segment.length() == lengths[0];
                return mask;
            };
        }
    }

    static final class TooShort extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            return (segment, random) -> new boolean[segment.length() / 2];
        }
    }

    /** With bounds of its own. */
    private record Bounded(IntFunction<NoiseMask.Bounds> most) implements NoiseMask {
        @Override
        public boolean[] draw(Segment segment, RandomGenerator random) {
            return new EveryFourth().draw(segment, random);
        }

        @Override
        public Bounds bounds(int length) {
            return most.apply(length);
        }
    }

    static final class FewTargets extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            return new Bounded(length -> new NoiseMask.Bounds(length, length / 4));
        }
    }

    static final class FewInputs extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            return new Bounded(length -> new NoiseMask.Bounds(length - length / 4, length + 1));
        }
    }

    static final class Shrinking extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            return new Bounded(length -> new NoiseMask.Bounds(length + length % 2 * 5, length + 1));
        }
    }

    static final class OutOfSentinels extends NoiseMaskContract {
        @Override
        protected NoiseMask mask(Vocabulary vocabulary) {
            return new EveryFourth();
        }

        @Override
        protected Vocabulary vocabulary() {
            return Vocabulary.sample(1000, 10, 1100);
        }
    }

    private static boolean[] allOf(int length) {
        boolean[] mask = new boolean[length];
        Arrays.fill(mask, true);
        return mask;
    }
}
