package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.StepPlan;

/** Each test of the contract fails for the curriculum that is wrong in its way, and none for one that is right. */
class CurriculumContractTest {
    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(Idle.class, "everyStepOfARunHasAStageAndSomethingToLearn"),
            Arguments.of(Infinite.class, "everyStepOfARunHasAStageAndSomethingToLearn"),
            Arguments.of(Unknown.class, "onlyLossesOfTheObjectiveAreWeighed"),
            Arguments.of(Counting.class, "thePlanIsAFunctionOfProgressAlone"),
            Arguments.of(Counting.class, "aRunThatIsResumedAtAnyStepHasTheSamePlans")
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongCurriculumFails(Class<?> contract, String test) {
        assertThat(Outcome.of(contract).failed()).containsKey(test);
    }

    @Test
    void aRightOneFulfilsAll() {
        Outcome outcome = Outcome.of(Right.class);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(4);
    }

    private abstract static class ForOneLoss extends CurriculumContract {
        @Override
        protected final Set<String> losses() {
            return Set.of("sc");
        }
    }

    static final class Right extends ForOneLoss {
        @Override
        protected Curriculum curriculum() {
            return progress -> new StepPlan("falling", Map.of("sc", 2 - progress.fraction()));
        }
    }

    static final class Idle extends ForOneLoss {
        @Override
        protected Curriculum curriculum() {
            return progress -> new StepPlan("falling", Map.of("sc", Math.max(0, 0.9 - progress.fraction())));
        }
    }

    static final class Infinite extends ForOneLoss {
        @Override
        protected Curriculum curriculum() {
            return progress -> new StepPlan("rising", Map.of("sc", 1.0 / progress.step()));
        }
    }

    static final class Unknown extends ForOneLoss {
        @Override
        protected Curriculum curriculum() {
            return progress -> new StepPlan("misspelt", Map.of("sc", 1.0, "spanc", 1.0));
        }
    }

    static final class Counting extends ForOneLoss {
        @Override
        protected Curriculum curriculum() {
            AtomicLong calls = new AtomicLong();
            return progress -> new StepPlan("counted", Map.of("sc", 1.0 + calls.getAndIncrement()));
        }
    }
}
