package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.objective.Objective;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.train.StepResult;

/**
 * Components work together: they train, and a run that is stopped and goes on with new ones, from nothing but parameters
 * and what the optimizer remembers, ends with the same bits as one that was not stopped. A test says which components a run
 * consists of; those it does not name are the testkit's.
 */
public abstract class ResumptionContract {
    private static final int STEPS = 8;
    private static final int EXAMPLES = 2;
    private static final int SEGMENT = 24;

    /** New corruptors, in their order. */
    protected List<Corruptor> corruptors(Vocabulary vocabulary) {
        return List.of(new SentinelCorruptor(new EveryFourth(), vocabulary));
    }

    /** A new objective. */
    protected abstract Objective objective(Vocabulary vocabulary);

    /** A new architecture. */
    protected Architecture architecture(Vocabulary vocabulary) {
        return new TinyArchitecture(vocabulary);
    }

    /** A new curriculum; every loss with weight 1, unless a test says otherwise. */
    protected Curriculum curriculum(CurriculumContext context) {
        return new EqualWeights(context.losses());
    }

    /** A new optimizer. */
    protected Optimizer optimizer(Vocabulary vocabulary) {
        return Training.adam();
    }

    /** A new schedule; a factor of 1, unless a test says otherwise. */
    protected Schedule schedule(Vocabulary vocabulary) {
        return (step, totalSteps) -> 1;
    }

    /** The vocabulary that they are tested with. */
    protected Vocabulary vocabulary() {
        return Vocabulary.sample(100);
    }

    @Test
    protected final void everyStepHasFiniteLossesAndAGradient() {
        try (Run run = new Run()) {
            for (int step = 0; step < STEPS; step++) {
                StepResult result = run.step(step);
                assertThat(result.losses())
                        .as("losses of step %d that count something", step)
                        .isNotEmpty();
                assertThat(result.isFinite())
                        .as("losses %s of step %d and their gradients are finite", result.losses(), step)
                        .isTrue();
                assertThat(result.gradientNorm())
                        .as("gradient of step %d", step)
                        .isPositive();
            }
        }
    }

    @Test
    protected final void aRunThatIsStoppedAndGoesOnEndsWithTheSameBits() {
        Map<String, float[]> straight;
        try (Run run = new Run()) {
            run.train(0, STEPS);
            straight = run.training.state();
        }
        for (int stop : new int[] {1, STEPS / 2, STEPS - 1}) {
            Map<String, float[]> checkpoint;
            try (Run run = new Run()) {
                run.train(0, stop);
                checkpoint = run.training.state();
            }
            try (Run run = new Run()) {
                run.training.restore(checkpoint);
                run.train(stop, STEPS);
                Map<String, float[]> resumed = run.training.state();
                assertThat(resumed.keySet()).isEqualTo(straight.keySet());
                straight.forEach((name, tensor) -> assertThat(resumed.get(name))
                        .as("'%s' after %d steps, of which the first %d in another run", name, STEPS, stop)
                        .containsExactly(tensor));
            }
        }
    }

    /** New components, and a training run of them. */
    private final class Run implements AutoCloseable {
        private final List<Corruptor> corruptors = corruptors(vocabulary());
        private final Objective objective = objective(vocabulary());
        private final Curriculum curriculum = curriculum(CurriculumContext.of(vocabulary(), objective.losses()));
        private final Schedule schedule = schedule(vocabulary());
        private final Training training =
                new Training(architecture(vocabulary()), objective, optimizer(vocabulary()), batch(0));

        void train(int from, int to) {
            for (int step = from; step < to; step++) {
                step(step);
            }
        }

        StepResult step(int step) {
            Map<String, Double> weights = new LinkedHashMap<>(
                    curriculum.at(new Progress(step, STEPS, List.of())).activeWeights());
            weights.keySet().retainAll(objective.losses());
            return training.step(batch(step), weights, step, schedule.factor(step, STEPS));
        }

        private Batch batch(int step) {
            return Segments.batch(corruptors, vocabulary(), EXAMPLES, SEGMENT, (long) step * EXAMPLES);
        }

        @Override
        public void close() {
            training.close();
        }
    }

    private record EqualWeights(List<String> losses) implements Curriculum {
        @Override
        public StepPlan at(Progress progress) {
            Map<String, Double> weights = new LinkedHashMap<>();
            losses.forEach(loss -> weights.put(loss, 1.0));
            return new StepPlan("testkit", weights);
        }
    }
}
