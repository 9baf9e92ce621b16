package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spactor.engine.reference.OperationGraphs.lossOf;
import static org.spactor.engine.reference.OperationGraphs.parameter;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
import org.spactor.engine.graph.GraphException;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.reference.GraphCase;

/** What cannot be compiled is refused, with the operation, its place and what to do. */
class RefusalsTest {
    static List<Arguments> unverified() {
        return List.of(
                unverified("gather", "Graph.embedding", x -> {
                    SDVariable ids = x.getSameDiff().constant("ids", Nd4j.createFromArray(0, 1));
                    return x.getSameDiff().gather("place", x, ids, 0);
                }),
                unverified("relu", "Graph.relu", x -> x.getSameDiff().nn().relu("place", x, 0)),
                unverified("cumsum", "gradient is wrong", x -> x.getSameDiff().cumsum("place", x, 1)),
                unverified("square", "multiply", x -> x.getSameDiff().math().square("place", x)),
                unverified(
                        "softplus",
                        "verified operations",
                        x -> x.getSameDiff().nn().softplus("place", x)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unverified")
    void unverifiedOperationIsRefused(String operation, String advice, Function<SDVariable, SDVariable> body) {
        assertThatThrownBy(() -> evaluate(body))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("'" + operation + "'")
                .hasMessageContaining("'place'")
                .hasMessageContaining("x[2, 3]")
                .hasMessageContaining(advice);
    }

    static List<Arguments> negativeAxes() {
        return List.of(
                negative("reduce_sum", x -> x.sum("place", -1)),
                negative("reduce_mean", x -> x.mean("place", -1)),
                negative("reduce_max", x -> x.max("place", false, 0, -1)),
                negative("softmax", x -> x.getSameDiff().nn().softmax("place", x, -1)),
                negative("concat", x -> x.getSameDiff().concat("place", -1, x, x)),
                negative("stack", x -> x.getSameDiff().stack("place", -1, x, x)),
                negative("split", x -> x.getSameDiff().split(new String[] {"place", "a", "b"}, x, 3, -1)[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("negativeAxes")
    void negativeAxisIsRefused(String operation, Function<SDVariable, SDVariable> body) {
        assertThatThrownBy(() -> evaluate(body))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(operation)
                .hasMessageContaining("axis -1")
                .hasMessageContaining("x[2, 3]")
                .hasMessageContaining("from the front");
    }

    static List<Arguments> wrongShapes() {
        return List.of(
                wrong("matmul", (x, w) -> x.mmul(w)),
                wrong("add", (x, w) -> x.add(w)),
                wrong("reshape", (x, w) -> w.reshape(4, 4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongShapes")
    void shapesThatDoNotFitAreNamed(String operation, BinaryOperator<SDVariable> body) {
        assertThatThrownBy(() -> new PlanCompiler().evaluation(declare(x -> {
                    SDVariable w = x.getSameDiff().placeHolder("w", DataType.FLOAT, 2, 2);
                    return body.apply(x, w);
                })))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(operation)
                .hasMessageContaining("w[");
    }

    static List<Arguments> unverifiedSettings() {
        return List.of(
                unverified(
                        "strided_slice",
                        "stride of -1",
                        x -> x.getSameDiff()
                                .stridedSlice("place", x, new long[] {1, 2}, new long[] {0, 0}, new long[] {-1, -1})),
                unverified(
                        "strided_slice",
                        "new axis",
                        x -> x.getSameDiff()
                                .stridedSlice(
                                        "place", x, new long[2], new long[] {1, 2}, new long[] {1, 1}, 0, 0, 0, 1, 0)),
                unverified(
                        "strided_slice",
                        "ellipsis",
                        x -> x.getSameDiff()
                                .stridedSlice(
                                        "place", x, new long[2], new long[] {1, 2}, new long[] {1, 1}, 0, 0, 1, 0, 0)),
                unverified(
                        "strided_slice",
                        "no part of axis 0",
                        x -> x.getSameDiff()
                                .stridedSlice("place", x, new long[] {2, 0}, new long[] {5, 2}, new long[] {1, 1})),
                unverified("reduce_sum", "no axis 2", x -> x.sum("place", 2)),
                unverified("tile", "each side", x -> x.getSameDiff().tile("place", x, 2)),
                unverified(
                        "squeeze",
                        "axis 1 is not of length 1",
                        x -> x.getSameDiff().squeeze("place", x, 1)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("unverifiedSettings")
    void settingsThatDoNotFitAreRefused(String operation, String reason, Function<SDVariable, SDVariable> body) {
        assertThatThrownBy(() -> evaluate(body))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(operation)
                .hasMessageContaining("'place'")
                .hasMessageContaining("x[2, 3]")
                .hasMessageContaining(reason);
    }

    @Test
    void variableOfSameDiffIsRefused() {
        ModelGraph graph = declare(x -> x.mul(x.getSameDiff().var("w", Nd4j.ones(DataType.FLOAT, 2, 3))));

        assertThatThrownBy(() -> new PlanCompiler().training(graph))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("'w'")
                .hasMessageContaining("frozen")
                .hasMessageContaining("Graph.parameter");
    }

    @Test
    void countThatDependsOnAParameterIsRefused() {
        ModelGraph graph = GraphCase.of("", model -> {
                    Value x = x(model);
                    model.loss("good", new TokenSum(x.sum(), model.constant(new float[] {1})));
                    model.loss("bad", new TokenSum(x.sum(), x.gt(0).toFloat().sum()));
                })
                .declare(true);

        assertThatThrownBy(() -> new PlanCompiler().counts(graph))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("the loss 'bad'")
                .hasMessageContaining("the parameter 'x'");
    }

    @Test
    void countThatDependsOnADrawIsRefused() {
        ModelGraph graph = GraphCase.of("", model -> {
                    Value drawn = model.sampleCategorical(model.constant(new float[6], 2, 3), 1);
                    model.loss("sampled", model.sigmoidCrossEntropy(parameter(model, "logits", 2), drawn));
                })
                .declare(true);

        assertThatThrownBy(() -> new PlanCompiler().counts(graph))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("the loss 'sampled'")
                .hasMessageContaining("random numbers");
    }

    @Test
    void graphWithoutLossIsRefused() {
        ModelGraph graph = GraphCase.of("", RefusalsTest::x).declare(true);

        assertThatThrownBy(() -> new PlanCompiler().training(graph))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("no loss")
                .hasMessageContaining("Graph.loss");
    }

    @Test
    void doublePrecisionIsRefused() {
        SameDiff graph = SameDiff.create();
        SDVariable y = graph.math().tanh(graph.placeHolder("wide", DataType.DOUBLE, 2, 3));

        assertThatThrownBy(() -> new PlanCompiler().compile(graph, Map.of("y", y), Set.of()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("'wide'")
                .hasMessageContaining("DOUBLE")
                .hasMessageContaining("FLOAT");
    }

    private static Value x(ModelGraph graph) {
        return parameter(graph, "x", 2, 3);
    }

    private static ModelGraph declare(Function<SDVariable, SDVariable> body) {
        return GraphCase.of("", graph -> lossOf(graph, "loss", graph.value(body.apply(graph.variable(x(graph))), 1)))
                .declare(true);
    }

    private static void evaluate(Function<SDVariable, SDVariable> body) {
        new PlanCompiler().evaluation(declare(body));
    }

    private static Arguments unverified(String operation, String advice, Function<SDVariable, SDVariable> body) {
        return Arguments.of(operation, advice, body);
    }

    private static Arguments negative(String operation, Function<SDVariable, SDVariable> body) {
        return Arguments.of(operation, body);
    }

    private static Arguments wrong(String operation, BinaryOperator<SDVariable> body) {
        return Arguments.of(operation, body);
    }
}
