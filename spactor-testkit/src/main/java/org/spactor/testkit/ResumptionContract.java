package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.objective.Objective;

/**
 * A run that is stopped and goes on with new components, from nothing but parameters and what the optimizer remembers, ends
 * with the same bits as one that was not stopped. A test says which components a run consists of; those it does not name
 * are the testkit's.
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
    protected Curriculum curriculum() {
        return progress -> {
            Map<String, Double> weights = new LinkedHashMap<>();
            objective(vocabulary()).losses().forEach(loss -> weights.put(loss, 1.0));
            return new StepPlan("testkit", weights);
        };
    }

    /** The vocabulary that they are tested with. */
    protected Vocabulary vocabulary() {
        return Vocabulary.ofPieces(100);
    }

    @Test
    protected final void aRunThatIsStoppedAndGoesOnEndsWithTheSameBits() {
        Map<String, INDArray> straight;
        try (Run run = new Run()) {
            run.train(0, STEPS);
            straight = run.training.state();
        }
        for (int stop : new int[] {1, STEPS / 2, STEPS - 1}) {
            Map<String, INDArray> checkpoint;
            try (Run run = new Run()) {
                run.train(0, stop);
                checkpoint = run.training.state();
            }
            try (Run run = new Run()) {
                run.training.restore(checkpoint);
                run.train(stop, STEPS);
                Map<String, INDArray> resumed = run.training.state();
                assertThat(resumed.keySet()).isEqualTo(straight.keySet());
                straight.forEach(
                        (name, tensor) -> assertThat(resumed.get(name).data().asFloat())
                                .as("'%s' after %d steps, of which the first %d in another run", name, STEPS, stop)
                                .containsExactly(tensor.data().asFloat()));
            }
        }
    }

    /** New components, and a training run of them. */
    private final class Run implements AutoCloseable {
        private final List<Corruptor> corruptors = corruptors(vocabulary());
        private final Curriculum curriculum = curriculum();
        private final Training training = new Training(architecture(vocabulary()), objective(vocabulary()), batch(0));

        void train(int from, int to) {
            List<Progress.Validation> none = new ArrayList<>();
            for (int step = from; step < to; step++) {
                StepPlan plan = curriculum.at(new Progress(step, STEPS, none));
                training.step(batch(step), plan.activeWeights(), step);
            }
        }

        private Batch batch(int step) {
            List<Example> examples =
                    Segments.batch(corruptors, vocabulary(), EXAMPLES, SEGMENT, (long) step * EXAMPLES);
            return new Batch(examples, Segments.lengths(corruptors, SEGMENT));
        }

        @Override
        public void close() {
            training.close();
        }
    }
}
