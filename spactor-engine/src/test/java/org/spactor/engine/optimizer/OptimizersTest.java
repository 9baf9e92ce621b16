package org.spactor.engine.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.reference.ReferenceBackend;
import org.spactor.engine.reference.UpdateRunner;
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

    static List<Backend> backends() {
        return List.of(Nd4jBackend.create(), new ReferenceBackend());
    }

    static List<Arguments> onBackends(String... cases) {
        return backends().stream()
                .flatMap(backend -> Arrays.stream(cases).map(name -> Arguments.of(backend, name)))
                .toList();
    }

    static List<Arguments> adafactorGoldens() {
        return onBackends("factored", "small_matrix", "vector");
    }

    @ParameterizedTest
    @MethodSource("adafactorGoldens")
    void adafactorFollowsT5X(Backend backend, String name) throws Exception {
        Map<String, Tensor> golden = golden("adafactor");
        Adafactor adafactor = new Adafactor(new AdafactorOptions(1, 0.8, 1e-30, 1, 1e-3, 128, List.of()));
        UpdateRunner runner = runner(backend, adafactor, name, golden.get(name + ".p0"));
        for (int step = 1; step <= STEPS; step++) {
            runner.setGradient(golden.get(name + ".g" + step).floats());
            runner.update(step, golden.get("lr").doubles()[step - 1], 1);
            assertClose(runner.parameter(), golden.get(name + ".p" + step).doubles(), 1e-5);
        }
    }

    @Test
    void adafactorKeepsRowsAndColumnsOfLargeMatricesAlone() {
        Adafactor adafactor = new Adafactor(new AdafactorOptions(1, 0.8, 1e-30, 1, 1e-3, 128, List.of()));
        assertThat(slots(adafactor, 128, 200)).containsOnlyKeys("rows", "columns");
        assertThat(slots(adafactor, 128, 200).get("rows")).containsExactly(128);
        assertThat(slots(adafactor, 128, 200).get("columns")).containsExactly(200);
        assertThat(slots(adafactor, 127, 200)).containsOnlyKeys("squares");
        assertThat(slots(adafactor, 512)).containsOnlyKeys("squares");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void adamWFollowsItsFormula(Backend backend) {
        AdamWOptions options = new AdamWOptions(0.01, 0.9, 0.99, 1e-6, 0.1, true, List.of());
        AdamW adamW = new AdamW(options);
        double[] p = {0.5, -1.5, 0.25, 2, -0.75, 1};
        double[] m = new double[p.length];
        double[] v = new double[p.length];
        UpdateRunner runner = new UpdateRunner(backend, adamW, "w", 2, 3);
        runner.setParameter(toFloats(p));
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
            runner.setGradient(toFloats(g));
            runner.update(step, 0.01, 0.5);
            assertClose(runner.parameter(), p, 1e-5);
        }
    }

    static List<Arguments> adamWGoldens() {
        return onBackends("matrix.plain", "matrix.scaled", "vector.plain", "vector.scaled");
    }

    @ParameterizedTest
    @MethodSource("adamWGoldens")
    void adamWFollowsAnIndependentComputation(Backend backend, String tensorAndKind) throws Exception {
        String name = tensorAndKind.substring(0, tensorAndKind.indexOf('.'));
        String kind = tensorAndKind.substring(tensorAndKind.indexOf('.') + 1);
        Map<String, Tensor> golden = golden("adamw");
        AdamW adamW = new AdamW(new AdamWOptions(1, 0.9, 0.99, 1e-6, 0.1, kind.equals("scaled"), List.of()));
        UpdateRunner runner = runner(backend, adamW, name, golden.get(name + ".p0"));
        for (int step = 1; step <= STEPS; step++) {
            runner.setGradient(golden.get(name + ".g" + step).floats());
            runner.update(step, golden.get("lr").doubles()[step - 1], 1);
            assertClose(
                    runner.parameter(),
                    golden.get(name + "." + kind + ".p" + step).doubles(),
                    1e-6);
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
        UpdateRunner runner = shape.equals("4")
                ? new UpdateRunner(Nd4jBackend.create(), adamW, name, 4)
                : new UpdateRunner(Nd4jBackend.create(), adamW, name, 2, 2);
        runner.setParameter(1, 1, 1, 1);
        runner.update(1, 0.1, 1);
        assertClose(runner.parameter(), new double[] {expected, expected, expected, expected}, 1e-7);
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
        UpdateRunner runner = new UpdateRunner(Nd4jBackend.create(), optimizer, name, 2, 2);
        runner.setParameter(1, 1, 1, 1);
        runner.setGradient(1, 1, 1, 1);
        runner.update(1, 0.1, 1);
        return runner.parameter()[0];
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

    private static Map<String, long[]> slots(Optimizer optimizer, long... shape) {
        return UpdateDeclaration.of(optimizer, "w", shape).slots();
    }

    private static UpdateRunner runner(Backend backend, Optimizer optimizer, String name, Tensor parameter) {
        UpdateRunner runner = new UpdateRunner(backend, optimizer, name, parameter.shape());
        runner.setParameter(parameter.floats());
        return runner;
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

    private static void assertClose(float[] values, double[] expected, double tolerance) {
        assertThat(values.length).isEqualTo(expected.length);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).as("element %d", i).isCloseTo(expected[i], Offset.offset(tolerance));
        }
    }
}
