package org.spactor.example;

import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture.Encoded;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;

/**
 * A stack of T5 blocks with rotary positions: attention and gated feed-forward layers, each behind an RMSNorm and beside a
 * residual connection; an RMSNorm at the end. Parameters are named as in Hugging Face's T5.
 */
final class RotaryBlocks {
    private static final double EPSILON = 1e-6;

    private final Graph graph;
    private final RotaryT5Options options;
    private final String prefix;

    /** @param prefix first part of the parameters' names */
    RotaryBlocks(Graph graph, RotaryT5Options options, String prefix) {
        this.graph = graph;
        this.options = options;
        this.prefix = prefix;
    }

    /** [B, T, d_model] to the same; every position sees every other that is not padding. */
    SDVariable encode(SDVariable embedded, SDVariable tokens, int blocks) {
        SDVariable hidden = graph.blockEnd(embedded);
        for (int i = 0; i < blocks; i++) {
            String block = prefix + ".block." + i + ".layer.";
            hidden = selfAttention(block + "0", hidden, tokens, false);
            hidden = graph.blockEnd(feedForward(block + "1", hidden));
        }
        return norm(prefix + ".final_layer_norm", hidden);
    }

    /** [B, T, d_model] to the same; every position sees those before it, and what was encoded. */
    SDVariable decode(SDVariable embedded, Encoded encoded, int blocks) {
        SDVariable hidden = graph.blockEnd(embedded);
        for (int i = 0; i < blocks; i++) {
            String block = prefix + ".block." + i + ".layer.";
            hidden = selfAttention(block + "0", hidden, null, true);
            hidden = crossAttention(block + "1", hidden, encoded);
            hidden = graph.blockEnd(feedForward(block + "2", hidden));
        }
        return norm(prefix + ".final_layer_norm", hidden);
    }

    private SDVariable selfAttention(String layer, SDVariable hidden, SDVariable keyTokens, boolean causal) {
        SDVariable normed = norm(layer + ".layer_norm", hidden);
        SDVariable query = rotate(query(layer + ".SelfAttention", normed));
        SDVariable key = rotate(project(layer + ".SelfAttention.k", normed));
        SDVariable value = project(layer + ".SelfAttention.v", normed);
        return hidden.add(mix(layer + ".SelfAttention", query, key, value, keyTokens, causal));
    }

    /** Distances between positions of different sequences mean nothing, so nothing is turned here. */
    private SDVariable crossAttention(String layer, SDVariable hidden, Encoded encoded) {
        SDVariable query = query(layer + ".EncDecAttention", norm(layer + ".layer_norm", hidden));
        SDVariable key = project(layer + ".EncDecAttention.k", encoded.hidden());
        SDVariable value = project(layer + ".EncDecAttention.v", encoded.hidden());
        return hidden.add(mix(layer + ".EncDecAttention", query, key, value, encoded.tokens(), false));
    }

    private SDVariable feedForward(String layer, SDVariable hidden) {
        SDVariable normed = norm(layer + ".layer_norm", hidden);
        String dense = layer + ".DenseReluDense.";
        SDVariable gate = linear(dense + "wi_0", normed, options.dFf(), options.dModel());
        SDVariable value = linear(dense + "wi_1", normed, options.dFf(), options.dModel());
        SDVariable activated = graph.gatedGelu(gate, value);
        return hidden.add(linear(dense + "wo", activated, options.dModel(), options.dFf()));
    }

    private SDVariable mix(
            String layer, SDVariable query, SDVariable key, SDVariable value, SDVariable keyTokens, boolean causal) {
        SDVariable mixed =
                graph.attention(new Graph.Attention(query, key, value, keyTokens, null, causal, options.heads(), 0));
        return linear(layer + ".o", mixed, options.dModel(), inner());
    }

    private SDVariable rotate(SDVariable x) {
        return graph.rotaryPositions(x, options.heads(), options.rotaryBase());
    }

    /** T5 does not divide the scores by √d_kv; its queries start smaller by that factor. */
    private SDVariable query(String layer, SDVariable x) {
        Initializer initializer = Initializer.normal(Math.pow((double) options.dModel() * options.dKv(), -0.5));
        return graph.linear(x, graph.parameter(layer + ".q.weight", initializer, inner(), options.dModel()));
    }

    private SDVariable project(String name, SDVariable x) {
        return linear(name, x, inner(), options.dModel());
    }

    private SDVariable linear(String name, SDVariable x, int out, int in) {
        Initializer initializer = Initializer.normal(Math.pow(in, -0.5));
        return graph.linear(x, graph.parameter(name + ".weight", initializer, out, in));
    }

    private SDVariable norm(String name, SDVariable x) {
        return graph.rmsNorm(x, graph.parameter(name + ".weight", Initializer.ones(), options.dModel()), EPSILON);
    }

    private int inner() {
        return options.heads() * options.dKv();
    }
}
