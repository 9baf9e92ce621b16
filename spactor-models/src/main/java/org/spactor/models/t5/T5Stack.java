package org.spactor.models.t5;

import org.spactor.api.architecture.Encoder.Encoded;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;

/**
 * A stack of T5 blocks: self-attention, in a decoder attention to the encoder, and feed-forward, each behind an RMSNorm
 * and beside a residual connection; an RMSNorm at the end.
 */
final class T5Stack {
    private static final double EPSILON = 1e-6;
    private static final int BUCKETS = 32;
    private static final int MAX_DISTANCE = 128;

    private final Graph graph;
    private final T5Dimensions dimensions;
    private final String prefix;

    /** @param prefix first part of the parameters' names */
    T5Stack(Graph graph, T5Dimensions dimensions, String prefix) {
        this.graph = graph;
        this.dimensions = dimensions;
        this.prefix = prefix;
    }

    /**
     * Runs the stack.
     *
     * @param embedded [B, T, d_model]
     * @param tokens [B, T]
     * @param encoded what a decoder attends to; null for an encoder
     * @return [B, T, d_model]
     */
    Value run(Value embedded, Value tokens, Encoded encoded, int blocks) {
        boolean decodes = encoded != null;
        Value bias = positionBias(tokens, !decodes);
        // a decoder starts with <pad>, which has to be seen; what is padded lies behind every real token
        Value keyMask = decodes ? null : keyMask(tokens);
        Value encodedMask = decodes ? keyMask(encoded.tokens()) : null;
        Value hidden = graph.blockEnd(embedded);
        for (int i = 0; i < blocks; i++) {
            String block = prefix + ".block." + i + ".layer.";
            hidden = selfAttention(block + "0", hidden, keyMask, bias, decodes);
            if (decodes) {
                hidden = crossAttention(block + "1", hidden, encoded.hidden(), encodedMask);
            }
            hidden = graph.blockEnd(feedForward(block + (decodes ? "2" : "1"), hidden));
        }
        return dropout(norm(prefix + ".final_layer_norm", hidden));
    }

    private Value positionBias(Value tokens, boolean bidirectional) {
        Value table = graph.parameter(
                prefix + ".block.0.layer.0.SelfAttention.relative_attention_bias.weight",
                Initializer.normal(Math.pow(dimensions.dModel(), -0.5)),
                BUCKETS,
                dimensions.heads());
        return graph.relativePositionBias(table, tokens, tokens, bidirectional, MAX_DISTANCE);
    }

    /** Other than 0 where there is a token. */
    private Value keyMask(Value tokens) {
        int pad = graph.vocabulary().pad();
        return pad == 0 ? tokens : tokens.ne(pad);
    }

    private Value selfAttention(String layer, Value hidden, Value keyMask, Value bias, boolean causal) {
        Value normed = norm(layer + ".layer_norm", hidden);
        Value mixed = attend(layer + ".SelfAttention", normed, normed, keyMask, bias, causal);
        return hidden.add(dropout(mixed));
    }

    private Value crossAttention(String layer, Value hidden, Value encoded, Value encodedMask) {
        Value normed = norm(layer + ".layer_norm", hidden);
        Value mixed = attend(layer + ".EncDecAttention", normed, encoded, encodedMask, null, false);
        return hidden.add(dropout(mixed));
    }

    private Value attend(String layer, Value queries, Value keys, Value keyMask, Value bias, boolean causal) {
        int dModel = dimensions.dModel();
        int inner = dimensions.heads() * dimensions.dKv();
        double inputDeviation = Math.pow(dModel, -0.5);
        double queryDeviation = Math.pow((double) dModel * dimensions.dKv(), -0.5);
        Value query = linear(layer + ".q", queries, inner, dModel, queryDeviation);
        Value key = linear(layer + ".k", keys, inner, dModel, inputDeviation);
        Value value = linear(layer + ".v", keys, inner, dModel, inputDeviation);
        Value mixed = graph.attention(Attention.of(query, key, value, dimensions.heads())
                .keyMask(keyMask)
                .bias(bias)
                .causal(causal)
                .dropout(dimensions.dropout()));
        return linear(layer + ".o", mixed, dModel, inner, Math.pow(inner, -0.5));
    }

    private Value feedForward(String layer, Value hidden) {
        int dModel = dimensions.dModel();
        int dFf = dimensions.dFf();
        double inputDeviation = Math.pow(dModel, -0.5);
        Value normed = norm(layer + ".layer_norm", hidden);
        String dense = layer + ".DenseReluDense.";
        Value activated = dimensions.gated()
                ? graph.gatedGelu(
                        linear(dense + "wi_0", normed, dFf, dModel, inputDeviation),
                        linear(dense + "wi_1", normed, dFf, dModel, inputDeviation))
                : graph.relu(linear(dense + "wi", normed, dFf, dModel, inputDeviation));
        Value projected = linear(dense + "wo", dropout(activated), dModel, dFf, Math.pow(dFf, -0.5));
        return hidden.add(dropout(projected));
    }

    private Value linear(String name, Value x, int out, int in, double deviation) {
        return graph.linear(x, graph.parameter(name + ".weight", Initializer.normal(deviation), out, in));
    }

    private Value norm(String name, Value x) {
        Value weight = graph.parameter(name + ".weight", Initializer.ones(), dimensions.dModel());
        return graph.rmsNorm(x, weight, EPSILON);
    }

    private Value dropout(Value x) {
        return graph.dropout(x, dimensions.dropout());
    }
}
