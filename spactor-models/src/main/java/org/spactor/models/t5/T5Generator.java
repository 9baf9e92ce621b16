package org.spactor.models.t5;

import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;

/**
 * The generator of replaced token detection: a small bidirectional T5 encoder with a head that guesses masked tokens.
 *
 * <p>Embedding [V, d], a projection to the generator's width where it differs, the encoder's blocks, then at the masked
 * positions alone: dense to d, gelu, RMSNorm, d^−½ and the token embedding again as the projection to the vocabulary.
 *
 * <p>Source: Clark et al., <i>ELECTRA</i>, 2020, section 2 and its {@code get_masked_lm_output}, with RMSNorm and without
 * biases as T5 has it. The scale d^−½ is T5 1.0's for a projection by the token embedding.
 */
final class T5Generator {
    private static final String PREFIX = "generator";
    private static final double EPSILON = 1e-6;

    private final Graph graph;
    private final T5Dimensions encoder;
    private final GeneratorDimensions dimensions;
    private final int vocabularySize;

    T5Generator(Graph graph, T5Dimensions encoder, GeneratorDimensions dimensions, int vocabularySize) {
        this.graph = graph;
        this.encoder = encoder;
        this.dimensions = dimensions;
        this.vocabularySize = vocabularySize;
    }

    /**
     * Guesses.
     *
     * @param tokens [B, T]
     * @param positions [B, M]
     * @return [B, M, V] logits
     */
    Value run(Value tokens, Value positions) {
        Value embedding = embedding();
        Value embedded = graph.dropout(graph.embedding(embedding, tokens), encoder.dropout());
        Value projected = dimensions.width() == encoder.dModel()
                ? embedded
                : linear("embedding_projection", embedded, dimensions.width(), encoder.dModel());
        T5Stack stack = new T5Stack(graph, dimensions.blocks(encoder), PREFIX);
        Value hidden = graph.statesAt(stack.run(projected, tokens, null, dimensions.layers()), positions);
        Value transformed = graph.gelu(linear("head.dense", hidden, encoder.dModel(), dimensions.width()));
        Value weight = graph.parameter(PREFIX + ".head.layer_norm.weight", Initializer.ones(), encoder.dModel());
        Value normed = graph.rmsNorm(transformed, weight, EPSILON);
        return graph.linear(normed.mul(Math.pow(encoder.dModel(), -0.5)), embedding);
    }

    private Value embedding() {
        String name = dimensions.ownEmbedding() ? PREFIX + ".embedding.weight" : T5.TOKEN_EMBEDDING;
        return graph.parameter(name, Initializer.normal(1), vocabularySize, encoder.dModel());
    }

    private Value linear(String name, Value x, int out, int in) {
        Initializer initializer = Initializer.normal(Math.pow(in, -0.5));
        return graph.linear(x, graph.parameter(PREFIX + "." + name + ".weight", initializer, out, in));
    }
}
