package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spactor.engine.reference.OperationGraphs.lossOf;
import static org.spactor.engine.reference.OperationGraphs.parameter;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
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
                .hasMessageContaining(advice)
                .hasMessageContaining("training.admit-unverified-operations");
    }

    @Test
    void unverifiedOperationIsLetThroughOnRequest() {
        ModelGraph graph = declare(x -> x.getSameDiff().cumsum("place", x, 1));

        assertThat(new PlanCompiler(new CompilerSettings(true, Precision.FLOAT32, Recompute.NONE))
                        .evaluation(graph)
                        .instructions())
                .anyMatch(instruction -> instruction.kind().equals("stock:cumsum"));
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
                wrong("linear", graph -> graph.linear(x(graph), parameter(graph, "w", 5, 4))),
                wrong("rms-norm", graph -> graph.rmsNorm(x(graph), parameter(graph, "w", 4), 1e-6)),
                wrong("gated-gelu", graph -> graph.gatedGelu(x(graph), parameter(graph, "w", 3, 2))),
                wrong("embedding", graph -> graph.embedding(parameter(graph, "w", 3), graph.feature(Feature.INPUTS))),
                wrong(
                        "attention",
                        graph -> graph.attention(new Graph.Attention(
                                parameter(graph, "x", 2, 3, 4),
                                parameter(graph, "w", 2, 3, 6),
                                parameter(graph, "w", 2, 3, 6),
                                graph.feature(Feature.INPUTS),
                                null,
                                false,
                                2,
                                0))),
                wrong(
                        "cross-entropy",
                        graph -> graph.crossEntropy(parameter(graph, "w", 3, 2), graph.feature(Feature.TARGETS), 0)
                                .sum()),
                wrong("matmul", graph -> x(graph).mmul(parameter(graph, "w", 4, 5))),
                wrong("add", graph -> x(graph).add(parameter(graph, "w", 2, 2))),
                wrong("reshape", graph -> parameter(graph, "w", 2, 3).reshape(4, 4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongShapes")
    void shapesThatDoNotFitAreNamed(String operation, Function<ModelGraph, SDVariable> body) {
        GraphCase graph = GraphCase.of(operation, model -> lossOf(model, "loss", body.apply(model), 1));

        assertThatThrownBy(() -> new PlanCompiler().evaluation(graph.declare(true)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(operation)
                .hasMessageContaining("w[");
    }

    @Test
    void lossThatIsDeclaredTwiceIsRefused() {
        GraphCase graph = GraphCase.of("", model -> {
            lossOf(model, "sc", x(model), 2, 3);
            model.loss("sc", model.losses().get("sc"));
        });

        assertThatThrownBy(() -> graph.declare(true))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("the loss 'sc'")
                .hasMessageContaining("twice");
    }

    @Test
    void metricThatIsDeclaredTwiceIsRefused() {
        GraphCase graph = GraphCase.of("", model -> {
            lossOf(model, "sc", x(model), 2, 3);
            model.metric("accuracy", model.losses().get("sc"));
            model.metric("accuracy", model.losses().get("sc"));
        });

        assertThatThrownBy(() -> graph.declare(true))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("the metric 'accuracy'")
                .hasMessageContaining("twice");
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
    void parameterOfTwoShapesIsRefused() {
        ModelGraph graph = GraphCase.of("", RefusalsTest::x).declare(true);

        assertThatCode(() -> parameter(graph, "x", 2, 3)).doesNotThrowAnyException();
        assertThatThrownBy(() -> parameter(graph, "x", 3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x'")
                .hasMessageContaining("[2, 3]")
                .hasMessageContaining("[3, 2]");
    }

    @Test
    void dropoutRateOfOneIsRefused() {
        ModelGraph graph = GraphCase.of("", RefusalsTest::x).declare(true);

        assertThatThrownBy(() -> graph.dropout(x(graph), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, 1)");
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

    private static SDVariable x(ModelGraph graph) {
        return parameter(graph, "x", 2, 3);
    }

    private static ModelGraph declare(Function<SDVariable, SDVariable> body) {
        return GraphCase.of("", graph -> lossOf(graph, "loss", body.apply(x(graph)), 1))
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

    private static Arguments wrong(String operation, Function<ModelGraph, SDVariable> body) {
        return Arguments.of(operation, body);
    }
}
