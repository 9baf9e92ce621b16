package org.spactor.example;

import java.util.function.UnaryOperator;
import org.spactor.api.architecture.Encoder.Encoded;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.component.Option;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;

/**
 * The Transformer blocks of this plugin's architectures, which differ in what attention sees, and how: attention and gated
 * feed-forward layers, each behind an RMSNorm and beside a residual connection, without biases, as in T5 1.1. Parameters
 * are called by their places.
 */
record Blocks(Graph graph, Blocks.Size size) {
    private static final double EPSILON = 1e-6;

    /** Options of an architecture of these blocks. */
    record Size(
            @Option(description = "Heads of every attention", defaultValue = "8", range = "[1, 1024]")
            int heads,

            @Option(description = "Width of a head, an even number", defaultValue = "64", range = "[2, 1024]")
            int headWidth,

            @Option(
                    description = "Number of blocks, of encoder and decoder each",
                    defaultValue = "4",
                    range = "[1, 1024]")
            int layers) {
        Size {
            if (headWidth % 2 != 0) {
                throw new InvalidOptionException("head-width", headWidth + " is odd. Give an even number");
            }
        }

        int width() {
            return heads * headWidth;
        }
    }

    /**
     * A stack of blocks on embedded tokens.
     *
     * @param name first part of the parameters' names
     * @param tokens [B, T]
     * @param encoded what is attended to besides; null: nothing
     * @param sees adds to a sequence's attention to itself what queries see, and how
     * @return [B, T, width]
     */
    Value stack(String name, Value tokens, Encoded encoded, UnaryOperator<Attention> sees) {
        Initializer initializer = Initializer.normal(1);
        Value table = graph.parameter(
                "embedding.weight", initializer, graph.vocabulary().size(), size.width());
        Value hidden = graph.blockEnd(graph.embedding(table, tokens));
        for (int i = 0; i < size.layers(); i++) {
            String block = name + ".block." + i;
            Value own = norm(block + ".self.norm", hidden);
            hidden = hidden.add(attend(block + ".self", own, own, sees));
            if (encoded != null) {
                Value text = text(encoded.tokens());
                Value other = norm(block + ".cross.norm", hidden);
                hidden = hidden.add(attend(block + ".cross", other, encoded.hidden(), to -> to.keyMask(text)));
            }
            hidden = graph.blockEnd(hidden.add(feedForward(block + ".dense", hidden)));
        }
        return norm(name + ".norm", hidden);
    }

    /** [..., width] to [..., V]. */
    Value project(Value hidden) {
        return linear("head", hidden, graph.vocabulary().size());
    }

    /** [B, T] INT: 1 where a token is no padding. */
    Value text(Value tokens) {
        return tokens.ne(graph.vocabulary().pad());
    }

    private Value attend(String name, Value from, Value to, UnaryOperator<Attention> sees) {
        int width = size.width();
        Value query = linear(name + ".query", from, width).mul(Math.pow(size.headWidth(), -0.5));
        Value key = linear(name + ".key", to, width);
        Value value = linear(name + ".value", to, width);
        Attention attention = sees.apply(Attention.of(query, key, value, size.heads()));
        return linear(name + ".output", graph.attention(attention), width);
    }

    private Value feedForward(String name, Value hidden) {
        int inner = 4 * size.width();
        Value normed = norm(name + ".norm", hidden);
        Value gated = graph.gatedGelu(linear(name + ".gate", normed, inner), linear(name + ".value", normed, inner));
        return linear(name + ".output", gated, size.width());
    }

    private Value norm(String name, Value x) {
        return graph.rmsNorm(x, graph.parameter(name + ".weight", Initializer.ones(), x.size(-1)), EPSILON);
    }

    private Value linear(String name, Value x, long out) {
        long in = x.size(-1);
        Initializer initializer = Initializer.normal(Math.pow(in, -0.5));
        return graph.linear(x, graph.parameter(name + ".weight", initializer, out, in));
    }
}
