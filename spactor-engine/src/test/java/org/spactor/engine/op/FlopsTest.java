package org.spactor.engine.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spactor.engine.reference.OperationGraphs.lossOf;
import static org.spactor.engine.reference.OperationGraphs.parameter;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.reference.GraphCase;

/** A product of m × k and k × n costs 2·m·k·n, forward once and backward once for each operand. */
class FlopsTest {
    @Test
    void linear() {
        Consumer<ModelGraph> graph = model -> lossOf(
                model, "loss", model.linear(parameter(model, "x", 2, 3, 4), parameter(model, "w", 5, 4)), 2, 3, 5);
        long product = 2 * (2 * 3) * 4 * 5;

        assertThat(forward(graph)).isEqualTo(product);
        assertThat(forwardAndBackward(graph)).isEqualTo(3 * product);
    }

    @Test
    void gradientThatNobodyNeedsCostsNothing() {
        Consumer<ModelGraph> graph = model -> {
            SDVariable x = model.sameDiff().constant("x", Nd4j.ones(DataType.FLOAT, 6, 4));
            lossOf(model, "loss", model.linear(x, parameter(model, "w", 5, 4)), 6, 5);
        };
        long product = 2 * 6 * 4 * 5;

        assertThat(forwardAndBackward(graph)).isEqualTo(2 * product);
    }

    @Test
    void attention() {
        int width = 6;
        Consumer<ModelGraph> graph = model -> {
            SDVariable query = parameter(model, "q", GraphCase.BATCH, GraphCase.TARGET_LENGTH, width);
            SDVariable key = parameter(model, "k", GraphCase.BATCH, GraphCase.INPUT_LENGTH, width);
            SDVariable value = parameter(model, "v", GraphCase.BATCH, GraphCase.INPUT_LENGTH, width);
            SDVariable tokens = model.feature(Feature.INPUTS);
            SDVariable mixed = model.attention(new Graph.Attention(query, key, value, tokens, null, false, 2, 0));
            lossOf(model, "loss", mixed, GraphCase.BATCH, GraphCase.TARGET_LENGTH, width);
        };
        // scores and mixture: for every example and head Tq × d_kv by d_kv × Tk, and Tq × Tk by Tk × d_kv
        long product = 2L * GraphCase.BATCH * GraphCase.TARGET_LENGTH * GraphCase.INPUT_LENGTH * width;

        assertThat(forward(graph)).isEqualTo(2 * product);
        assertThat(forwardAndBackward(graph)).isEqualTo(6 * product);
    }

    @Test
    void matrixProduct() {
        Consumer<ModelGraph> graph =
                model -> lossOf(model, "loss", parameter(model, "a", 2, 3).mmul(parameter(model, "b", 3, 5)), 2, 5);
        long product = 2 * 2 * 3 * 5;

        assertThat(forward(graph)).isEqualTo(product);
        assertThat(forwardAndBackward(graph)).isEqualTo(3 * product);
    }

    @Test
    void matrixProductsOfABatch() {
        Consumer<ModelGraph> graph = model -> {
            SDVariable left = parameter(model, "a", 7, 2, 11, 3);
            SDVariable right = parameter(model, "b", 7, 2, 5, 3);
            lossOf(model, "loss", model.sameDiff().mmul(left, right, false, true, false), 7, 2, 11, 5);
        };
        long products = 7 * 2 * (2 * 11 * 3 * 5);

        assertThat(forward(graph)).isEqualTo(products);
        assertThat(forwardAndBackward(graph)).isEqualTo(3 * products);
    }

    private static long forward(Consumer<ModelGraph> declaration) {
        return new PlanCompiler()
                .evaluation(GraphCase.of("", declaration).declare(true))
                .flops();
    }

    private static long forwardAndBackward(Consumer<ModelGraph> declaration) {
        return new PlanCompiler()
                .training(GraphCase.of("", declaration).declare(true))
                .flops();
    }
}
