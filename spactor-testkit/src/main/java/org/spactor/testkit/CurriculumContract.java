package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.random.CounterRandom;

/**
 * What every {@link Curriculum} has to fulfil. That weights are finite and not negative is checked wherever a {@link
 * StepPlan} is made, and so it is here by asking for the plans of whole runs.
 */
public abstract class CurriculumContract {
    private static final long[] RUNS = {1, 2, 3, 10, 1000};
    private static final int VALIDATE_EVERY = 5;

    /** A new curriculum. */
    protected abstract Curriculum curriculum();

    /** The losses of the objective that it is for. */
    protected abstract Set<String> losses();

    @Test
    protected final void everyStepOfARunHasAStageAndSomethingToLearn() {
        for (long steps : RUNS) {
            Curriculum curriculum = curriculum();
            for (Progress progress : run(steps)) {
                StepPlan plan = curriculum.at(progress);
                assertThat(plan.stage())
                        .as("stage of step %d of %d", progress.step(), steps)
                        .isNotBlank();
                assertThat(plan.active())
                        .as("active losses of step %d of %d", progress.step(), steps)
                        .isNotEmpty();
            }
        }
    }

    @Test
    protected final void onlyLossesOfTheObjectiveAreWeighed() {
        for (long steps : RUNS) {
            Curriculum curriculum = curriculum();
            for (Progress progress : run(steps)) {
                assertThat(losses())
                        .containsAll(curriculum.at(progress).weights().keySet());
            }
        }
    }

    @Test
    protected final void thePlanIsAFunctionOfProgressAlone() {
        for (long steps : RUNS) {
            Map<Progress, StepPlan> plans = new LinkedHashMap<>();
            Curriculum forwards = curriculum();
            for (Progress progress : run(steps)) {
                plans.put(progress, forwards.at(progress));
            }
            List<Progress> shuffled = new ArrayList<>(plans.keySet());
            Collections.shuffle(shuffled, new Random(steps));
            for (Progress progress : shuffled) {
                assertThat(forwards.at(progress))
                        .as("asked again, in another order")
                        .isEqualTo(plans.get(progress));
            }
        }
    }

    @Test
    protected final void aRunThatIsResumedAtAnyStepHasTheSamePlans() {
        for (long steps : RUNS) {
            Curriculum first = curriculum();
            for (Progress progress : run(steps)) {
                StepPlan expected = first.at(progress);
                if (progress.step() % 7 == 0) {
                    assertThat(curriculum().at(progress))
                            .as("of a new curriculum, asked for step %d of %d first", progress.step(), steps)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** The steps of a run with falling validation losses that end in a plateau. */
    private List<Progress> run(long steps) {
        List<Progress> run = new ArrayList<>();
        List<Progress.Validation> validations = new ArrayList<>();
        CounterRandom random = CounterRandom.of(steps, "testkit-curriculum");
        for (long step = 0; step < steps; step++) {
            if (step % VALIDATE_EVERY == 0) {
                double loss = 3 + Math.exp(-step / 50.0) + 0.01 * random.nextDouble();
                Map<String, Double> losses = new LinkedHashMap<>();
                losses().forEach(name -> losses.put(name, loss));
                validations.add(new Progress.Validation(step, losses));
            }
            run.add(new Progress(step, steps, validations));
        }
        return run;
    }
}
