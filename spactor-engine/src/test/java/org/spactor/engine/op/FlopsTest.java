package org.spactor.engine.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spactor.engine.reference.OperationGraphs.lossOf;
import static org.spactor.engine.reference.OperationGraphs.parameter;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.Value;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.reference.GraphCase;

/** A product of m × k and k × n costs 2·m·k·n, forward once and backward once for each operand. */
class FlopsTest {
    @Test
    void linear() {
        Consumer<ModelGraph> graph = model ->
                lossOf(model, "loss", model.linear(parameter(model, "x", 2, 3, 4), parameter(model, "w", 5, 4)));
        long product = 2 * (2 * 3) * 4 * 5;

        assertThat(forward(graph)).isEqualTo(product);
        assertThat(forwardAndBackward(graph)).isEqualTo(3 * product);
    }

    @Test
    void gradientThatNobodyNeedsCostsNothing() {
        Consumer<ModelGraph> graph = model -> {
            Value x = model.constant(new float[24], 6, 4);
            lossOf(model, "loss", model.linear(x, parameter(model, "w", 5, 4)));
        };
        long product = 2 * 6 * 4 * 5;

        assertThat(forwardAndBackward(graph)).isEqualTo(2 * product);
    }

    @Test
    void attention() {
        int width = 6;
        Consumer<ModelGraph> graph = model -> {
            Value query = parameter(model, "q", GraphCase.BATCH, GraphCase.TARGET_LENGTH, width);
            Value key = parameter(model, "k", GraphCase.BATCH, GraphCase.INPUT_LENGTH, width);
            Value value = parameter(model, "v", GraphCase.BATCH, GraphCase.INPUT_LENGTH, width);
            Value tokens = model.feature(Feature.INPUTS);
            Value mixed = model.attention(Attention.of(query, key, value, 2).keyMask(tokens));
            lossOf(model, "loss", mixed);
        };
        // scores and mixture: for every example and head Tq × d_kv by d_kv × Tk, and Tq × Tk by Tk × d_kv
        long product = 2L * GraphCase.BATCH * GraphCase.TARGET_LENGTH * GraphCase.INPUT_LENGTH * width;

        assertThat(forward(graph)).isEqualTo(2 * product);
        assertThat(forwardAndBackward(graph)).isEqualTo(6 * product);
    }

    @Test
    void matrixProduct() {
        Consumer<ModelGraph> graph =
                model -> lossOf(model, "loss", parameter(model, "a", 2, 3).matmul(parameter(model, "b", 3, 5)));
        long product = 2 * 2 * 3 * 5;

        assertThat(forward(graph)).isEqualTo(product);
        assertThat(forwardAndBackward(graph)).isEqualTo(3 * product);
    }

    @Test
    void matrixProductsOfABatch() {
        Consumer<ModelGraph> graph = model -> {
            Value left = parameter(model, "a", 7, 2, 11, 3);
            Value right = parameter(model, "b", 7, 2, 5, 3);
            lossOf(model, "loss", left.matmul(right.transpose()));
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
