package org.spactor.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;

class OptimizersTest {
    private static final int STEPS = 5;

    @ParameterizedTest
    @ValueSource(strings = {"factored", "small_matrix", "vector"})
    void adafactorFollowsT5X(String name) throws Exception {
        Map<String, Tensor> golden = Safetensors.read(Path.of(OptimizersTest.class
                .getResource("/goldens/adafactor.safetensors")
                .toURI()));
        Adafactor adafactor = new Adafactor(new AdafactorOptions(1, 0.8, 1e-30, 1, 1e-3, 128));
        INDArray parameter = array(golden.get(name + ".p0"));
        Map<String, INDArray> slots = slots(adafactor, parameter.shape());
        for (int step = 1; step <= STEPS; step++) {
            double learningRate = golden.get("lr").doubles()[step - 1];
            INDArray gradient = array(golden.get(name + ".g" + step));
            adafactor.update(parameter, gradient, slots, new Optimizer.Step(step, learningRate, 1));
            assertClose(parameter, golden.get(name + ".p" + step).doubles(), 1e-5);
        }
    }

    @Test
    void adafactorKeepsRowsAndColumnsOfLargeMatricesAlone() {
        Adafactor adafactor = new Adafactor(new AdafactorOptions(1, 0.8, 1e-30, 1, 1e-3, 128));
        assertThat(adafactor.slots(new long[] {128, 200})).containsOnlyKeys("rows", "columns");
        assertThat(adafactor.slots(new long[] {127, 200})).containsOnlyKeys("squares");
        assertThat(adafactor.slots(new long[] {512})).containsOnlyKeys("squares");
    }

    @Test
    void adamWFollowsItsFormula() {
        AdamWOptions options = new AdamWOptions(0.01, 0.9, 0.99, 1e-6, 0.1, true);
        AdamW adamW = new AdamW(options);
        double[] p = {0.5, -1.5, 0.25, 2, -0.75, 1};
        double[] m = new double[p.length];
        double[] v = new double[p.length];
        INDArray parameter = Nd4j.createFromArray(toFloats(p)).reshape(2, 3);
        Map<String, INDArray> slots = slots(adamW, parameter.shape());
        for (int step = 1; step <= 10; step++) {
            double[] g = new double[p.length];
            double scale = rootMeanSquare(p);
            for (int i = 0; i < p.length; i++) {
                g[i] = Math.sin(step * 3 + i * 7);
                double clipped = g[i] * 0.5;
                m[i] = 0.9 * m[i] + 0.1 * clipped;
                v[i] = 0.99 * v[i] + 0.01 * clipped * clipped;
                double mean = m[i] / (1 - Math.pow(0.9, step));
                double squares = v[i] / (1 - Math.pow(0.99, step));
                p[i] -= 0.01 * 0.1 * p[i] + 0.01 * scale * mean / (Math.sqrt(squares) + 1e-6);
            }
            INDArray gradient = Nd4j.createFromArray(toFloats(g)).reshape(2, 3);
            adamW.update(parameter, gradient, slots, new Optimizer.Step(step, 0.01, 0.5));
            assertClose(parameter, p, 1e-5);
        }
    }

    @Test
    void weightDecayLeavesVectorsAlone() {
        AdamW adamW = new AdamW(new AdamWOptions(0.01, 0.9, 0.99, 1e-6, 0.5, false));
        INDArray norm = Nd4j.ones(DataType.FLOAT, 4);
        adamW.update(norm, Nd4j.zeros(DataType.FLOAT, 4), slots(adamW, norm.shape()), new Optimizer.Step(1, 0.1, 1));
        assertClose(norm, new double[] {1, 1, 1, 1}, 0);
    }

    @Test
    void schedulesHaveTheirShapes() {
        Schedule root = new InverseSquareRootScheduleProvider().create(new InverseSquareRootOptions(100));
        assertThat(root.factor(0, 1000)).isEqualTo(0.1);
        assertThat(root.factor(99, 1000)).isEqualTo(0.1);
        assertThat(root.factor(399, 1000)).isEqualTo(0.05);
        Schedule cosine = new CosineScheduleProvider().create(new CosineOptions(10, 0));
        assertThat(cosine.factor(0, 110)).isEqualTo(0.1);
        assertThat(cosine.factor(9, 110)).isEqualTo(1);
        assertThat(cosine.factor(60, 110)).isCloseTo(0.5, Offset.offset(1e-12));
        assertThat(cosine.factor(110, 110)).isCloseTo(0, Offset.offset(1e-12));
        Schedule linear = new LinearScheduleProvider().create(new WarmUpOptions(10));
        assertThat(linear.factor(4, 110)).isEqualTo(0.5);
        assertThat(linear.factor(60, 110)).isEqualTo(0.5);
        Schedule constant = new ConstantScheduleProvider().create(new WarmUpOptions(0));
        assertThat(constant.factor(0, 110)).isEqualTo(1);
    }

    private static Map<String, INDArray> slots(Optimizer optimizer, long[] shape) {
        Map<String, INDArray> slots = new LinkedHashMap<>();
        optimizer.slots(shape).forEach((name, side) -> slots.put(name, Nd4j.zeros(DataType.FLOAT, side)));
        return slots;
    }

    private static INDArray array(Tensor tensor) {
        return Nd4j.create(tensor.floats(), tensor.shape(), 'c');
    }

    private static double rootMeanSquare(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static void assertClose(INDArray actual, double[] expected, double tolerance) {
        double[] values = actual.dup('c').data().asDouble();
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).as("element %d", i).isCloseTo(expected[i], Offset.offset(tolerance));
        }
    }
}
