package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.ParameterUpdate;
import org.spactor.api.vocabulary.Vocabulary;
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
        float[] parameter = {1, 1, 1};
        float[] mean = new float[3];
        update(lion(0), parameter, new float[] {5, -0.01f, 0}, mean, 3);
        assertThat(parameter).containsExactly(0.9f, 1.1f, 1);
        assertThat(mean).containsExactly(new float[] {0.05f, -0.0001f, 0}, within(1e-7f));
    }

    @Test
    void matricesDecayAndVectorsDoNot() {
        float[] matrix = {2};
        float[] vector = {2};
        update(lion(0.5), matrix, new float[1], new float[1], 1, 1);
        update(lion(0.5), vector, new float[1], new float[1], 1);
        assertThat(matrix).containsExactly(2 - 0.1f * 0.5f * 2);
        assertThat(vector).containsExactly(2);
    }

    private static void update(Optimizer lion, float[] parameter, float[] gradient, float[] mean, long... shape) {
        lion.update(new ParameterUpdate(
                "weight",
                shape,
                FloatBuffer.wrap(parameter),
                FloatBuffer.wrap(gradient),
                Map.of("mean", FloatBuffer.wrap(mean)),
                1,
                0.1,
                1));
    }
}
