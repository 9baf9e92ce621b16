package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.graph.Differentiation;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Shape;
import org.spactor.engine.reference.Backend;
import org.spactor.engine.reference.PlanRunner;
import org.spactor.engine.reference.RandomInputs;
import org.spactor.engine.reference.StockGraph;
import org.spactor.engine.reference.StockGraphs;

/** Plans of stock operations compute what SameDiff's own session computes, output and gradients. */
class PlanAgainstSameDiffTest {
    private static final String OUTPUT = "output";

    static List<Arguments> graphs() {
        List<Arguments> arguments = new ArrayList<>();
        for (Backend backend : Backend.all()) {
            for (StockGraph graph : StockGraphs.all()) {
                arguments.add(Arguments.of(backend, graph));
            }
        }
        return arguments;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("graphs")
    void planComputesWhatTheSessionComputes(Backend backend, StockGraph graph) {
        Declared declared = Declared.of(graph);
        Map<String, double[]> expected = declared.bySession();
        PlanRunner runner = backend.factory().apply(declared.plan());
        declared.values().forEach(runner::setParameter);
        runner.run();

        expected.forEach((name, values) -> assertClose(name, runner.result(name), values));
    }

    private static void assertClose(String name, double[] actual, double[] expected) {
        assertThat(actual).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double scale = Math.max(1, Math.abs(expected[i]));
            assertThat(Math.abs(actual[i] - expected[i]) / scale)
                    .as("%s[%d]: %s instead of %s", name, i, actual[i], expected[i])
                    .isLessThan(1e-5);
        }
    }

    /**
     * A stock graph in a SameDiff instance of its own, differentiated.
     *
     * @param graph forward operations
     * @param output what they compute
     * @param differentiation forward and backward operations
     * @param values the parameters' numbers by name
     * @param shapes the parameters' shapes by name
     */
    private record Declared(
            SameDiff graph,
            SDVariable output,
            Differentiation differentiation,
            Map<String, double[]> values,
            Map<String, long[]> shapes) {

        static Declared of(StockGraph stock) {
            SameDiff graph = SameDiff.create();
            Map<String, double[]> values = new LinkedHashMap<>();
            Map<String, long[]> shapes = new LinkedHashMap<>();
            SDVariable y = stock.declare(graph, i -> {
                long[] shape = stock.parameters().get(i);
                String name = StockGraph.parameter(i);
                values.put(name, RandomInputs.reals(name, Math.toIntExact(Shape.elements(shape))));
                shapes.put(name, shape);
                return graph.placeHolder(name, DataType.FLOAT, shape);
            });
            double[] factors = RandomInputs.reals("factors", Math.toIntExact(Shape.elements(stock.output())));
            SDVariable constant = graph.constant("factors", Nd4j.create(factors, stock.output(), DataType.FLOAT));
            y.mul(constant).sum().markAsLoss();
            Differentiation differentiation =
                    Differentiation.of(graph, values.keySet().toArray(String[]::new));
            return new Declared(graph, y, differentiation, values, shapes);
        }

        Plan plan() {
            SameDiff both = differentiation.graph();
            Map<String, SDVariable> wanted = new LinkedHashMap<>();
            wanted.put(OUTPUT, both.getVariable(output.name()));
            wanted.putAll(differentiation.gradients());
            return new PlanCompiler().compile(both, wanted, values.keySet());
        }

        Map<String, double[]> bySession() {
            Map<String, INDArray> arrays = new LinkedHashMap<>();
            values.forEach((name, numbers) -> arrays.put(name, Nd4j.create(numbers, shapes.get(name), DataType.FLOAT)));
            Map<String, double[]> results = new LinkedHashMap<>();
            PrintStream original = System.out;
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            try {
                results.put(OUTPUT, numbers(graph.output(arrays, output.name()).get(output.name())));
                Set<String> names = differentiation.gradients().keySet();
                graph.calculateGradients(arrays, names)
                        .forEach((name, gradient) -> results.put(name, numbers(gradient)));
            } finally {
                System.setOut(original);
            }
            return results;
        }

        private static double[] numbers(INDArray array) {
            return array.dup('c').data().asDouble();
        }
    }
}
