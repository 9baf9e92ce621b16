package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.spactor.api.schedule.Schedule;

/** What every {@link Schedule} has to fulfil: a test of one extends this class and says how to make it. */
public abstract class ScheduleContract {
    private static final long[] RUNS = {1, 2, 10, 1000};

    /** A new schedule. */
    protected abstract Schedule schedule();

    @Test
    protected final void everyFactorIsFiniteAndNotNegative() {
        for (long steps : RUNS) {
            Schedule schedule = schedule();
            for (long step = 0; step < steps; step++) {
                assertThat(schedule.factor(step, steps))
                        .as("factor of step %d of %d", step, steps)
                        .isFinite()
                        .isNotNegative();
            }
        }
    }

    @Test
    protected final void everyRunLearnsInSomeStep() {
        for (long steps : RUNS) {
            Schedule schedule = schedule();
            double greatest = 0;
            for (long step = 0; step < steps; step++) {
                greatest = Math.max(greatest, schedule.factor(step, steps));
            }
            assertThat(greatest)
                    .as("the greatest factor of a run of %d steps", steps)
                    .isPositive();
        }
    }

    @Test
    protected final void aFactorIsAFunctionOfTheStepAlone() {
        for (long steps : RUNS) {
            Schedule forwards = schedule();
            double[] factors = new double[(int) steps];
            for (int step = 0; step < steps; step++) {
                factors[step] = forwards.factor(step, steps);
            }
            Schedule backwards = schedule();
            for (int step = factors.length - 1; step >= 0; step--) {
                assertThat(backwards.factor(step, steps))
                        .as("factor of step %d of %d, asked for after later ones", step, steps)
                        .isEqualTo(factors[step]);
                assertThat(forwards.factor(step, steps))
                        .as("factor of step %d of %d, asked for again", step, steps)
                        .isEqualTo(factors[step]);
            }
        }
    }
}
