package org.spactor.models.t5;

import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;

/**
 * The T5 encoder-decoder, 1.0 and 1.1, with the parameter names of Hugging Face's checkpoints.
 *
 * <p>Pre-norm residual blocks, RMSNorm without bias, no bias anywhere, attention scores without 1/√d, a relative position
 * bias in each stack's first block that all blocks of the stack use. T5 1.1 has gated feed-forward layers and an output
 * projection of its own; T5 1.0 has relu, projects with the token embedding and scales the decoder's output by
 * d_model^−½ before.
 *
 * <p>Source: Raffel et al., <i>Exploring the limits of transfer learning</i>, 2020; initialisation as in Hugging Face's
 * {@code T5PreTrainedModel._init_weights}, except for an output projection of its own, which starts with d_model^−½
 * instead of 1 (whose first losses are near 60).
 */
public final class T5 implements Architecture, Encoder, Decoder, TokenGenerator {
    /** Name of the token embedding, [V, d_model]. */
    public static final String TOKEN_EMBEDDING = "shared.weight";

    private final T5Dimensions dimensions;
    private final GeneratorDimensions generator;
    private final int vocabularySize;

    /**
     * A T5 with a generator of a quarter of its layers.
     *
     * @param vocabularySize rows of the token embedding
     */
    public T5(T5Dimensions dimensions, int vocabularySize) {
        this(dimensions, GeneratorDimensions.standard(dimensions), vocabularySize);
    }

    /**
     * A T5.
     *
     * @param generator size of the generator, which only objectives that guess masked tokens build
     * @param vocabularySize rows of the token embedding
     */
    public T5(T5Dimensions dimensions, GeneratorDimensions generator, int vocabularySize) {
        this.dimensions = dimensions;
        this.generator = generator;
        this.vocabularySize = vocabularySize;
    }

    @Override
    public Encoded encode(Graph graph, Value tokens) {
        T5Stack encoder = new T5Stack(graph, dimensions, "encoder");
        Value hidden = encoder.run(embed(graph, tokens), tokens, null, dimensions.layers());
        return new Encoded(hidden, tokens);
    }

    @Override
    public Value decode(Graph graph, Encoded encoded, Value tokens) {
        T5Stack decoder = new T5Stack(graph, dimensions, "decoder");
        return decoder.run(embed(graph, tokens), tokens, encoded, dimensions.decoderLayers());
    }

    @Override
    public Value project(Graph graph, Value hidden) {
        if (dimensions.tied()) {
            return graph.linear(hidden.mul(Math.pow(dimensions.dModel(), -0.5)), tokenEmbedding(graph));
        }
        Initializer initializer = Initializer.normal(Math.pow(dimensions.dModel(), -0.5));
        return graph.linear(
                hidden, graph.parameter("lm_head.weight", initializer, vocabularySize, dimensions.dModel()));
    }

    @Override
    public Value generate(Graph graph, Value tokens, Value positions) {
        return new T5Generator(graph, dimensions, generator, vocabularySize).run(tokens, positions);
    }

    private Value embed(Graph graph, Value tokens) {
        return graph.dropout(graph.embedding(tokenEmbedding(graph), tokens), dimensions.dropout());
    }

    private Value tokenEmbedding(Graph graph) {
        return graph.parameter(TOKEN_EMBEDDING, Initializer.normal(1), vocabularySize, dimensions.dModel());
    }
}
