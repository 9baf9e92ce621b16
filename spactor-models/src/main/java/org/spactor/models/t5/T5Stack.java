package org.spactor.models.t5;

import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture.Encoded;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;

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
    SDVariable run(SDVariable embedded, SDVariable tokens, Encoded encoded, int blocks) {
        boolean decodes = encoded != null;
        SDVariable bias = positionBias(tokens, !decodes);
        SDVariable hidden = graph.blockEnd(embedded);
        for (int i = 0; i < blocks; i++) {
            String block = prefix + ".block." + i + ".layer.";
            hidden = selfAttention(block + "0", hidden, tokens, bias, decodes);
            if (decodes) {
                hidden = crossAttention(block + "1", hidden, encoded);
            }
            hidden = graph.blockEnd(feedForward(block + (decodes ? "2" : "1"), hidden));
        }
        return dropout(norm(prefix + ".final_layer_norm", hidden));
    }

    private SDVariable positionBias(SDVariable tokens, boolean bidirectional) {
        SDVariable table = graph.parameter(
                prefix + ".block.0.layer.0.SelfAttention.relative_attention_bias.weight",
                Initializer.normal(Math.pow(dimensions.dModel(), -0.5)),
                BUCKETS,
                dimensions.heads());
        return graph.relativePositionBias(table, tokens, tokens, bidirectional, MAX_DISTANCE);
    }

    private SDVariable selfAttention(
            String layer, SDVariable hidden, SDVariable tokens, SDVariable bias, boolean causal) {
        SDVariable normed = norm(layer + ".layer_norm", hidden);
        // a decoder starts with <pad>, which has to be seen; what is padded lies behind every real token
        SDVariable keyTokens = causal ? null : tokens;
        SDVariable mixed = attend(layer + ".SelfAttention", normed, normed, keyTokens, bias, causal);
        return hidden.add(dropout(mixed));
    }

    private SDVariable crossAttention(String layer, SDVariable hidden, Encoded encoded) {
        SDVariable normed = norm(layer + ".layer_norm", hidden);
        SDVariable mixed = attend(layer + ".EncDecAttention", normed, encoded.hidden(), encoded.tokens(), null, false);
        return hidden.add(dropout(mixed));
    }

    private SDVariable attend(
            String layer, SDVariable queries, SDVariable keys, SDVariable keyTokens, SDVariable bias, boolean causal) {
        int dModel = dimensions.dModel();
        int inner = dimensions.heads() * dimensions.dKv();
        double inputDeviation = Math.pow(dModel, -0.5);
        double queryDeviation = Math.pow((double) dModel * dimensions.dKv(), -0.5);
        SDVariable query = linear(layer + ".q", queries, inner, dModel, queryDeviation);
        SDVariable key = linear(layer + ".k", keys, inner, dModel, inputDeviation);
        SDVariable value = linear(layer + ".v", keys, inner, dModel, inputDeviation);
        SDVariable mixed = graph.attention(new Graph.Attention(
                query, key, value, keyTokens, bias, causal, dimensions.heads(), dimensions.dropout()));
        return linear(layer + ".o", mixed, dModel, inner, Math.pow(inner, -0.5));
    }

    private SDVariable feedForward(String layer, SDVariable hidden) {
        int dModel = dimensions.dModel();
        int dFf = dimensions.dFf();
        double inputDeviation = Math.pow(dModel, -0.5);
        SDVariable normed = norm(layer + ".layer_norm", hidden);
        String dense = layer + ".DenseReluDense.";
        SDVariable activated = dimensions.gated()
                ? graph.gatedGelu(
                        linear(dense + "wi_0", normed, dFf, dModel, inputDeviation),
                        linear(dense + "wi_1", normed, dFf, dModel, inputDeviation))
                : graph.relu(linear(dense + "wi", normed, dFf, dModel, inputDeviation));
        SDVariable projected = linear(dense + "wo", dropout(activated), dModel, dFf, Math.pow(dFf, -0.5));
        return hidden.add(dropout(projected));
    }

    private SDVariable linear(String name, SDVariable x, int out, int in, double deviation) {
        return graph.linear(x, graph.parameter(name + ".weight", Initializer.normal(deviation), out, in));
    }

    private SDVariable norm(String name, SDVariable x) {
        SDVariable weight = graph.parameter(name + ".weight", Initializer.ones(), dimensions.dModel());
        return graph.rmsNorm(x, weight, EPSILON);
    }

    private SDVariable dropout(SDVariable x) {
        return graph.dropout(x, dimensions.dropout());
    }
}
