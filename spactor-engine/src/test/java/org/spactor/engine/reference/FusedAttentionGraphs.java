package org.spactor.engine.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
import org.spactor.engine.graph.ModelGraph;

/**
 * Attention that can be fused: heads of whole tiles' width, over sequences of several tiles and a part of one. The operands
 * are computed, so that what is rounded of them is an instruction that every backend does.
 */
public final class FusedAttentionGraphs {
    private static final int BATCH = GraphCase.BATCH;
    private static final int HEADS = 2;
    private static final int INPUTS = 150;
    private static final int TARGETS = 69;

    private FusedAttentionGraphs() {}

    /** All graphs. */
    public static List<GraphCase> all() {
        List<GraphCase> cases = new ArrayList<>();
        cases.add(of("every key", graph -> self(graph, 64, false, false, null, 0)));
        cases.add(of("padded keys", graph -> self(graph, 64, true, false, null, 0)));
        cases.add(of("padded keys, bias and dropout", graph -> self(graph, 64, true, true, null, 0.3)));
        cases.add(of("heads of 32", graph -> self(graph, 32, true, true, null, 0.3)));
        cases.add(of("heads of 128", graph -> self(graph, 128, true, true, null, 0.3)));
        cases.add(of("causal", graph -> causal(graph, false, 0)));
        cases.add(of("causal, padded keys, bias and dropout", graph -> causal(graph, true, 0.3)));
        cases.add(of("prefix", graph -> self(graph, 64, false, false, prefix(graph), 0)));
        cases.add(
                of("prefix, padded keys, bias and dropout", graph -> self(graph, 64, true, true, prefix(graph), 0.3)));
        cases.add(of("more keys than queries", graph -> cross(graph, Feature.TARGETS, Feature.INPUTS)));
        cases.add(of("more queries than keys", graph -> cross(graph, Feature.INPUTS, Feature.TARGETS)));
        cases.add(padded("much padding", graph -> self(graph, 64, true, true, null, 0.3)));
        cases.add(padded("much padding, causal", graph -> causal(graph, true, 0.3)));
        cases.add(padded("much padding, prefix", graph -> self(graph, 64, true, true, prefix(graph), 0)));
        return cases;
    }

    /** Attention between dense layers, which write and read bfloat16, in two layers of one bias. */
    public static GraphCase layers() {
        return of("layers", FusedAttentionGraphs::layers);
    }

    /**
     * Random inputs whose products with powers of two are numbers of bfloat16: what is rounded before attention loses
     * nothing, so that whoever does not round computes on the same numbers. The bias stays as it is.
     */
    public static RandomInputs inputs(GraphCase graphCase, ModelGraph graph) {
        RandomInputs inputs = RandomInputs.of(graphCase, graph);
        for (Map.Entry<String, double[]> parameter : inputs.parameters().entrySet()) {
            if (!parameter.getKey().equals("bias")) {
                double[] exact = Arrays.stream(parameter.getValue())
                        .map(value -> Math.rint(value * 64) / 64)
                        .toArray();
                inputs = inputs.withParameter(parameter.getKey(), exact);
            }
        }
        return inputs;
    }

    private static GraphCase of(String name, Consumer<ModelGraph> declaration) {
        return GraphCase.of("fused attention, " + name, declaration)
                .withFeature(Feature.INPUTS, INPUTS)
                .withFeature(Feature.TARGETS, TARGETS);
    }

    /** An example of nothing but padding, one that begins with more than a tile of it, one that has little else. */
    private static GraphCase padded(String name, Consumer<ModelGraph> declaration) {
        long[] tokens = new long[BATCH * INPUTS];
        for (int i = 70; i < INPUTS; i++) {
            tokens[INPUTS + i] = 1 + i % 5;
        }
        for (int i = 0; i < 9; i++) {
            tokens[2 * INPUTS + i] = 1 + i % 5;
        }
        return of(name, declaration).withIntegers("feature.inputs", tokens);
    }

    /** Operands that are rounded where they are read; sums of their products are of the size of a few. */
    private static Value operand(ModelGraph graph, String name, long length, long width) {
        return OperationGraphs.parameter(graph, name, BATCH, length, width).mul(0.5);
    }

    /** Σ x ⊙ factors, so that the gradient of the factors is x, and x has any gradient that is wanted. */
    private static void loss(ModelGraph graph, Value x) {
        Value factors = OperationGraphs.parameter(graph, "factors", x.shape());
        graph.loss("loss", new TokenSum(x.mul(factors).sum(), graph.constant(new float[] {1})));
    }

    private static Value prefix(ModelGraph graph) {
        int[] prefix = new int[BATCH * INPUTS];
        for (int i = 0; i < 80; i++) {
            prefix[i] = 1;
            prefix[INPUTS + i] = i < 3 || i == 75 ? 1 : 0;
        }
        return graph.constant(prefix, BATCH, INPUTS);
    }

    private static void self(
            ModelGraph graph, long depth, boolean padded, boolean biased, Value prefix, double dropout) {
        Attention attention = Attention.of(
                        operand(graph, "query", INPUTS, HEADS * depth),
                        operand(graph, "key", INPUTS, HEADS * depth),
                        operand(graph, "value", INPUTS, HEADS * depth),
                        HEADS)
                .keyMask(padded ? graph.feature(Feature.INPUTS) : null)
                .bias(biased ? OperationGraphs.parameter(graph, "bias", HEADS, INPUTS, INPUTS) : null)
                .dropout(dropout);
        loss(graph, graph.attention(prefix == null ? attention : attention.causalBehind(prefix)));
    }

    private static void causal(ModelGraph graph, boolean padded, double dropout) {
        Attention attention = Attention.of(
                        operand(graph, "query", INPUTS, HEADS * 64),
                        operand(graph, "key", INPUTS, HEADS * 64),
                        operand(graph, "value", INPUTS, HEADS * 64),
                        HEADS)
                .keyMask(padded ? graph.feature(Feature.INPUTS) : null)
                .bias(padded ? OperationGraphs.parameter(graph, "bias", HEADS, INPUTS, INPUTS) : null)
                .causal(true)
                .dropout(dropout);
        loss(graph, graph.attention(attention));
    }

    private static void cross(ModelGraph graph, Feature queries, Feature keys) {
        long queryLength = queries.equals(Feature.INPUTS) ? INPUTS : TARGETS;
        long keyLength = keys.equals(Feature.INPUTS) ? INPUTS : TARGETS;
        Value mixed = graph.attention(Attention.of(
                        operand(graph, "query", queryLength, HEADS * 64),
                        operand(graph, "key", keyLength, HEADS * 64),
                        operand(graph, "value", keyLength, HEADS * 64),
                        HEADS)
                .keyMask(graph.feature(keys))
                .bias(OperationGraphs.parameter(graph, "bias", HEADS, queryLength, keyLength)));
        loss(graph, mixed);
    }

    private static void layers(ModelGraph graph) {
        Value tokens = graph.feature(Feature.TARGETS);
        Value x = OperationGraphs.parameter(graph, "x", BATCH, TARGETS, 64).mul(0.5);
        Value bias = OperationGraphs.parameter(graph, "bias", HEADS, TARGETS, TARGETS);
        for (int layer = 0; layer < 2; layer++) {
            Value mixed = graph.attention(Attention.of(
                            graph.linear(x, weight(graph, "q" + layer)),
                            graph.linear(x, weight(graph, "k" + layer)),
                            graph.linear(x, weight(graph, "v" + layer)),
                            HEADS)
                    .keyMask(tokens)
                    .bias(bias));
            x = x.add(graph.linear(mixed, weight(graph, "o" + layer)));
        }
        loss(graph, x);
    }

    private static Value weight(ModelGraph graph, String name) {
        return OperationGraphs.parameter(graph, name, 64, 64).mul(0.2);
    }
}
