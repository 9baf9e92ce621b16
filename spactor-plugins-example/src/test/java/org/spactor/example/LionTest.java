package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.reference.UpdateRunner;
import org.spactor.testkit.OptimizerContract;

class LionTest extends OptimizerContract {
    static Optimizer lion(double weightDecay) {
        Lion.Options options = new Lion.Options(1e-3, 0.9, 0.99, weightDecay);
        return new Lion().create(options, ComponentContext.of(Vocabulary.sample(3)));
    }

    @Override
    protected Optimizer optimizer() {
        return lion(0);
    }

    @Test
    void everyElementGoesAStepOfTheSameSizeAgainstItsGradient() {
        UpdateRunner runner = new UpdateRunner(Nd4jBackend.create(), lion(0), "weight", 3);
        runner.setParameter(1, 1, 1);
        runner.setGradient(5, -0.01f, 0);
        runner.update(1, 0.1, 1);
        assertThat(runner.parameter()).containsExactly(0.9f, 1.1f, 1);
        assertThat(runner.slots().get("mean")).containsExactly(new float[] {0.05f, -0.0001f, 0}, within(1e-7f));
    }

    @Test
    void matricesDecayAndVectorsDoNot() {
        UpdateRunner matrix = new UpdateRunner(Nd4jBackend.create(), lion(0.5), "weight", 1, 1);
        UpdateRunner vector = new UpdateRunner(Nd4jBackend.create(), lion(0.5), "weight", 1);
        for (UpdateRunner runner : List.of(matrix, vector)) {
            runner.setParameter(2);
            runner.update(1, 0.1, 1);
        }
        assertThat(matrix.parameter()).containsExactly(2 - 0.1f * 0.5f * 2);
        assertThat(vector.parameter()).containsExactly(2);
    }
}
