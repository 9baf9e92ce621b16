package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spactor.api.component.Names;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * What every {@link Curriculum} has to fulfil. That weights are finite and not negative is checked wherever a {@link
 * StepPlan} is made, and so it is here by asking for the plans of whole runs.
 */
public abstract class CurriculumContract {
    private static final long[] RUNS = {1, 2, 3, 10, 1000};
    private static final int VALIDATE_EVERY = 5;
    private static final String HYBRID = "hybrid.";

    /** A new curriculum. */
    protected abstract Curriculum curriculum(CurriculumContext context);

    /** The losses of the objective that it is for, in its order. */
    protected abstract List<String> losses();

    /** Those that are reported on held-out text; all of them, unless a test says otherwise. */
    protected List<String> validationLosses() {
        return losses();
    }

    /** Losses that it declares and weighs in no run, with a reason; none, unless a test says otherwise. */
    protected Set<String> neverWeighed() {
        return Set.of();
    }

    @Test
    protected final void itsLossesAreThoseOfTheObjectiveOrOptional() {
        Curriculum curriculum = curriculum();
        assertThat(curriculum.losses())
                .as("losses")
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(Names::isKebabCase, "lower case, words joined by hyphens");
        assertThat(curriculum.losses()).as("losses").containsAll(curriculum.optionalLosses());
        Set<String> demanded = new LinkedHashSet<>(curriculum.losses());
        demanded.removeAll(curriculum.optionalLosses());
        assertThat(losses()).as("losses of the objective").containsAll(demanded);
    }

    @Test
    protected final void itWatchesValidationLossesThatThereAre() {
        Set<String> reported = new LinkedHashSet<>(validationLosses());
        losses().forEach(loss -> reported.add(HYBRID + loss));
        assertThat(reported).as("validation losses").containsAll(curriculum().watches());
    }

    @Test
    protected final void itLooksAtNoValidationLossButThoseThatItWatches() {
        for (long steps : RUNS) {
            Curriculum curriculum = curriculum();
            for (Progress progress : run(steps)) {
                List<Progress.Validation> watched = new ArrayList<>();
                for (Progress.Validation validation : progress.validations()) {
                    Map<String, Double> losses = new LinkedHashMap<>(validation.losses());
                    losses.keySet().retainAll(curriculum.watches());
                    watched.add(new Progress.Validation(validation.step(), losses));
                }
                assertThat(curriculum.at(new Progress(progress.step(), steps, watched)))
                        .as("plan of step %d of %d without the other validation losses", progress.step(), steps)
                        .isEqualTo(curriculum.at(progress));
            }
        }
    }

    @Test
    protected final void everyStepOfARunHasAStageAndSomethingToLearn() {
        for (long steps : RUNS) {
            Curriculum curriculum = curriculum();
            for (Progress progress : run(steps)) {
                Set<String> learnt = new LinkedHashSet<>(curriculum.at(progress).active());
                learnt.retainAll(losses());
                assertThat(learnt)
                        .as("active losses of step %d of %d that the objective has", progress.step(), steps)
                        .isNotEmpty();
            }
        }
    }

    @Test
    protected final void onlyLossesThatItDeclaresAreWeighed() {
        for (long steps : RUNS) {
            Curriculum curriculum = curriculum();
            for (Progress progress : run(steps)) {
                assertThat(curriculum.losses())
                        .as("declared losses")
                        .containsAll(curriculum.at(progress).weights().keySet());
            }
        }
    }

    @Test
    protected final void everyLossThatItDeclaresIsLearntInSomeRun() {
        Set<String> weighed = new LinkedHashSet<>();
        for (long steps : RUNS) {
            Curriculum curriculum = curriculum();
            run(steps)
                    .forEach(progress -> weighed.addAll(curriculum.at(progress).active()));
        }
        Set<String> declared = new LinkedHashSet<>(curriculum().losses());
        declared.removeAll(neverWeighed());
        assertThat(weighed)
                .as("losses with a weight above 0 at some step of runs of %s steps", (Object) RUNS)
                .containsAll(declared);
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

    private Curriculum curriculum() {
        return curriculum(CurriculumContext.of(Vocabulary.sample(100), losses()));
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
                validationLosses().forEach(name -> losses.put(name, loss));
                losses().forEach(name -> losses.put(HYBRID + name, 1.5 * loss));
                validations.add(new Progress.Validation(step, losses));
            }
            run.add(new Progress(step, steps, validations));
        }
        return run;
    }
}
