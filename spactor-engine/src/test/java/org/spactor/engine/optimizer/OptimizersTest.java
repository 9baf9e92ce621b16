package org.spactor.engine.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.ParameterUpdate;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.nd4j.host.HostFloats;
import org.spactor.engine.schedule.ConstantScheduleProvider;
import org.spactor.engine.schedule.CosineOptions;
import org.spactor.engine.schedule.CosineScheduleProvider;
import org.spactor.engine.schedule.InverseSquareRootOptions;
import org.spactor.engine.schedule.InverseSquareRootScheduleProvider;
import org.spactor.engine.schedule.LinearScheduleProvider;
import org.spactor.engine.schedule.WarmUpOptions;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;

class OptimizersTest {
    private static final int STEPS = 5;
    private static final ComponentContext CONTEXT = ComponentContext.of(Vocabulary.sample(20));

    @ParameterizedTest
    @ValueSource(strings = {"factored", "small_matrix", "vector"})
    void adafactorFollowsT5X(String name) throws Exception {
        Map<String, Tensor> golden = golden("adafactor");
        Adafactor adafactor = new Adafactor(new AdafactorOptions(1, 0.8, 1e-30, 1, 1e-3, 128, List.of()));
        INDArray parameter = array(golden.get(name + ".p0"));
        Map<String, INDArray> slots = slots(adafactor, parameter.shape());
        for (int step = 1; step <= STEPS; step++) {
            double learningRate = golden.get("lr").doubles()[step - 1];
            INDArray gradient = array(golden.get(name + ".g" + step));
            update(adafactor, parameter, gradient, slots, name, step, learningRate, 1);
            assertClose(parameter, golden.get(name + ".p" + step).doubles(), 1e-5);
        }
    }

    @Test
    void adafactorKeepsRowsAndColumnsOfLargeMatricesAlone() {
        Adafactor adafactor = new Adafactor(new AdafactorOptions(1, 0.8, 1e-30, 1, 1e-3, 128, List.of()));
        assertThat(adafactor.slots(new long[] {128, 200})).containsOnlyKeys("rows", "columns");
        assertThat(adafactor.slots(new long[] {127, 200})).containsOnlyKeys("squares");
        assertThat(adafactor.slots(new long[] {512})).containsOnlyKeys("squares");
    }

    @Test
    void adamWFollowsItsFormula() {
        AdamWOptions options = new AdamWOptions(0.01, 0.9, 0.99, 1e-6, 0.1, true, List.of());
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
            update(adamW, parameter, gradient, slots, "w", step, 0.01, 0.5);
            assertClose(parameter, p, 1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"matrix, plain", "matrix, scaled", "vector, plain", "vector, scaled"})
    void adamWFollowsAnIndependentComputation(String name, String kind) throws Exception {
        Map<String, Tensor> golden = golden("adamw");
        AdamW adamW = new AdamW(new AdamWOptions(1, 0.9, 0.99, 1e-6, 0.1, kind.equals("scaled"), List.of()));
        INDArray parameter = array(golden.get(name + ".p0"));
        Map<String, INDArray> slots = slots(adamW, parameter.shape());
        for (int step = 1; step <= STEPS; step++) {
            double learningRate = golden.get("lr").doubles()[step - 1];
            INDArray gradient = array(golden.get(name + ".g" + step));
            update(adamW, parameter, gradient, slots, name, step, learningRate, 1);
            assertClose(parameter, golden.get(name + "." + kind + ".p" + step).doubles(), 1e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "encoder.final_layer_norm.weight, 4, 1",
        "discriminator.out.bias, 4, 1",
        "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight, 2x2, 1",
        "encoder.block.0.layer.0.SelfAttention.q.weight, 2x2, 0.95",
        "shared.weight, 2x2, 0.95"
    })
    void weightDecayLeavesNormsAndBiasesAlone(String name, String shape, double expected) {
        AdamW adamW = new AdamW(new AdamWOptions(0.01, 0.9, 0.99, 1e-6, 0.5, false, List.of()));
        INDArray parameter = shape.equals("4") ? Nd4j.ones(DataType.FLOAT, 4) : Nd4j.ones(DataType.FLOAT, 2, 2);
        INDArray noGradient = Nd4j.zeros(DataType.FLOAT, parameter.shape());
        Map<String, INDArray> slots = slots(adamW, parameter.shape());
        update(adamW, parameter, noGradient, slots, name, 1, 0.1, 1);
        assertClose(parameter, new double[] {expected, expected, expected, expected}, 1e-7);
    }

    @Test
    void aGroupOfAdamWHasItsOwnRateAndDecay() {
        List<AdamWGroup> groups =
                List.of(new AdamWGroup("encoder.*.q.weight", 0.5, 0), new AdamWGroup("encoder.*", 2, 3));
        AdamW adamW = new AdamW(new AdamWOptions(1, 0.9, 0.99, 1e-6, 0.5, false, groups));
        // the first step of Adam is as long as the learning rate, whatever the gradient
        assertThat(afterOneStep(adamW, "encoder.block.0.q.weight")).isCloseTo(1 - 0.05, Offset.offset(1e-6));
        assertThat(afterOneStep(adamW, "encoder.block.0.k.weight")).isCloseTo(1 - 0.2 * 1.5 - 0.2, Offset.offset(1e-6));
        assertThat(afterOneStep(adamW, "decoder.block.0.k.weight")).isCloseTo(1 - 0.1 * 0.5 - 0.1, Offset.offset(1e-6));
    }

    @Test
    void aGroupOfAdafactorHasItsOwnRate() {
        List<AdafactorGroup> groups = List.of(new AdafactorGroup("*.frozen", 0), new AdafactorGroup("a.*", 0.5));
        Adafactor adafactor = new Adafactor(new AdafactorOptions(1, 0.8, 1e-30, 1, 1e-3, 128, groups));
        assertThat(afterOneStep(adafactor, "a.frozen")).isEqualTo(1);
        assertThat(afterOneStep(adafactor, "a.b")).isCloseTo(0.95, Offset.offset(1e-6));
        assertThat(afterOneStep(adafactor, "b.b")).isCloseTo(0.9, Offset.offset(1e-6));
    }

    /** An element of a parameter of ones after a step of rate 0.1. */
    private static double afterOneStep(Optimizer optimizer, String name) {
        INDArray parameter = Nd4j.ones(DataType.FLOAT, 2, 2);
        INDArray gradient = Nd4j.ones(DataType.FLOAT, 2, 2);
        update(optimizer, parameter, gradient, slots(optimizer, parameter.shape()), name, 1, 0.1, 1);
        return parameter.getDouble(0);
    }

    private static Map<String, Tensor> golden(String name) throws Exception {
        return Safetensors.read(Path.of(OptimizersTest.class
                .getResource("/goldens/" + name + ".safetensors")
                .toURI()));
    }

    @Test
    void schedulesHaveTheirShapes() {
        Schedule root = new InverseSquareRootScheduleProvider().create(new InverseSquareRootOptions(100), CONTEXT);
        assertThat(root.factor(0, 1000)).isEqualTo(0.1);
        assertThat(root.factor(99, 1000)).isEqualTo(0.1);
        assertThat(root.factor(399, 1000)).isEqualTo(0.05);
        Schedule cosine = new CosineScheduleProvider().create(new CosineOptions(10, 0), CONTEXT);
        assertThat(cosine.factor(0, 110)).isEqualTo(0.1);
        assertThat(cosine.factor(9, 110)).isEqualTo(1);
        assertThat(cosine.factor(60, 110)).isCloseTo(0.5, Offset.offset(1e-12));
        assertThat(cosine.factor(110, 110)).isCloseTo(0, Offset.offset(1e-12));
        Schedule linear = new LinearScheduleProvider().create(new WarmUpOptions(10), CONTEXT);
        assertThat(linear.factor(4, 110)).isEqualTo(0.5);
        assertThat(linear.factor(60, 110)).isEqualTo(0.5);
        Schedule constant = new ConstantScheduleProvider().create(new WarmUpOptions(0), CONTEXT);
        assertThat(constant.factor(0, 110)).isEqualTo(1);
    }

    private static void update(
            Optimizer optimizer,
            INDArray parameter,
            INDArray gradient,
            Map<String, INDArray> slots,
            String name,
            long step,
            double learningRate,
            double gradientScale) {
        Map<String, FloatBuffer> elements = new LinkedHashMap<>();
        slots.forEach((slot, tensor) -> elements.put(slot, HostFloats.of(tensor).elements()));
        optimizer.update(new ParameterUpdate(
                name,
                parameter.shape(),
                HostFloats.of(parameter).elements(),
                HostFloats.read(gradient),
                elements,
                step,
                learningRate,
                gradientScale));
    }

    @Test
    void aGroupInWhichNoParameterIsIsRefusedWithTheNamesThereAre() {
        Optimizer adamW = new AdamW(new AdamWOptions(
                1, 0.9, 0.99, 1e-6, 0, false, List.of(new AdamWGroup("a.*", 1, 1), new AdamWGroup("b.*", 1, 1))));
        Optimizer adafactor =
                new Adafactor(new AdafactorOptions(1, 0.8, 1e-30, 1, 1e-3, 128, List.of(new AdafactorGroup("b.*", 0))));

        adamW.requireParameters(Set.of("a.weight", "b.weight"));
        assertThatThrownBy(() -> adamW.requireParameters(Set.of("a.weight", "c.weight")))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.option()).isEqualTo("groups[1].parameters"))
                .hasMessageContaining("'b.*'")
                .hasMessageContaining("a.weight")
                .hasMessageContaining("c.weight");
        assertThatThrownBy(() -> adafactor.requireParameters(Set.of("a.weight")))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.option()).isEqualTo("groups[0].parameters"));
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
