package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.api.schedule.Schedule;

/** Each test of the contract fails for the schedule that is wrong in its way, and none for one that is right. */
class ScheduleContractTest {
    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(Infinite.class, Set.of("everyFactorIsFiniteAndNotNegative")),
            Arguments.of(BelowZero.class, Set.of("everyFactorIsFiniteAndNotNegative")),
            Arguments.of(NeverAboveZero.class, Set.of("everyRunLearnsInSomeStep")),
            Arguments.of(Counting.class, Set.of("aFactorIsAFunctionOfTheStepAlone"))
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongScheduleFails(Class<?> contract, Set<String> tests) {
        assertThat(Outcome.of(contract).failed().keySet()).isEqualTo(tests);
    }

    @Test
    void aRightOneFulfilsAll() {
        Outcome outcome = Outcome.of(Right.class);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(3);
    }

    static final class Right extends ScheduleContract {
        @Override
        protected Schedule schedule() {
            return (step, totalSteps) -> 1 - (double) step / totalSteps;
        }
    }

    static final class Infinite extends ScheduleContract {
        @Override
        protected Schedule schedule() {
            return (step, totalSteps) -> 1.0 / step;
        }
    }

    static final class BelowZero extends ScheduleContract {
        @Override
        protected Schedule schedule() {
            return (step, totalSteps) -> 1 - step / 100.0;
        }
    }

    /** A run of one step is a warm-up from 0. */
    static final class NeverAboveZero extends ScheduleContract {
        @Override
        protected Schedule schedule() {
            return (step, totalSteps) -> (double) step / totalSteps;
        }
    }

    static final class Counting extends ScheduleContract {
        @Override
        protected Schedule schedule() {
            AtomicLong calls = new AtomicLong();
            return (step, totalSteps) -> 1.0 / (1 + calls.getAndIncrement());
        }
    }
}
