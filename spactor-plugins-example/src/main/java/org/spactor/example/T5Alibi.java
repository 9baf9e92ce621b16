package org.spactor.example;

import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.ArchitectureProvider;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;

/**
 * The architecture {@code t5-alibi}: an encoder-decoder that knows positions by ALiBi alone. From the scores of every
 * attention of a sequence to itself the distance is subtracted, times a number of the head's own that is not learnt.
 *
 * <p>Source: Press, Smith and Lewis, <i>Train short, test long: attention with linear biases</i>, 2022; in the encoder
 * both directions alike.
 */
public final class T5Alibi implements ArchitectureProvider<Blocks.Size> {
    @Override
    public String name() {
        return "t5-alibi";
    }

    @Override
    public String summary() {
        return "Encoder-decoder with ALiBi: a penalty on distance in place of positions";
    }

    @Override
    public Class<Blocks.Size> optionsType() {
        return Blocks.Size.class;
    }

    @Override
    public Architecture create(Blocks.Size size, ComponentContext context) {
        return new Network(size);
    }

    record Network(Blocks.Size size) implements Architecture, Encoder, Decoder {
        @Override
        public Encoded encode(Graph graph, Value tokens) {
            Blocks blocks = new Blocks(graph, size);
            Value text = blocks.text(tokens);
            Value bias = bias(graph, tokens);
            return new Encoded(
                    blocks.stack("encoder", tokens, null, to -> to.keyMask(text).bias(bias)), tokens);
        }

        @Override
        public Value decode(Graph graph, Encoded encoded, Value tokens) {
            Value bias = bias(graph, tokens);
            return new Blocks(graph, size)
                    .stack("decoder", tokens, encoded, to -> to.causal(true).bias(bias));
        }

        @Override
        public Value project(Graph graph, Value hidden) {
            return new Blocks(graph, size).project(hidden);
        }

        private Value bias(Graph graph, Value tokens) {
            int length = (int) tokens.size(1);
            return graph.constant(bias(size.heads(), length), size.heads(), length, length);
        }

        /** [heads, T, T]: the n-th of H heads subtracts 2^(−8n/H) times the distance. */
        static float[] bias(int heads, int length) {
            float[] bias = new float[heads * length * length];
            for (int i = 0; i < bias.length; i++) {
                int distance = Math.abs(i / length % length - i % length);
                bias[i] = (float) (-Math.pow(2, -8.0 * (i / length / length + 1) / heads) * distance);
            }
            return bias;
        }
    }
}
