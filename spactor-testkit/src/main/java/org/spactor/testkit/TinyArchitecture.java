package org.spactor.testkit;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;

/**
 * The smallest encoder-decoder that has every part an objective may ask for: an embedding and one attention in encoder,
 * decoder and generator each.
 */
public final class TinyArchitecture implements Architecture {
    private static final int WIDTH = 6;

    private final int vocabularySize;

    /** An architecture for tokens of a vocabulary. */
    public TinyArchitecture(Vocabulary vocabulary) {
        this.vocabularySize = vocabulary.size();
    }

    @Override
    public Encoded encode(Graph graph, SDVariable tokens) {
        SDVariable embedded = embed(graph, tokens);
        return new Encoded(attend(graph, "encoder", embedded, embedded, tokens, false), tokens);
    }

    @Override
    public SDVariable decode(Graph graph, Encoded encoded, SDVariable tokens) {
        SDVariable embedded = embed(graph, tokens);
        SDVariable own = attend(graph, "decoder", embedded, embedded, null, true);
        return attend(graph, "cross", own, encoded.hidden(), encoded.tokens(), false);
    }

    @Override
    public SDVariable project(Graph graph, SDVariable hidden) {
        return graph.linear(hidden, matrix(graph, "projection", vocabularySize));
    }

    @Override
    public SDVariable generate(Graph graph, SDVariable tokens, SDVariable positions) {
        SDVariable embedded = graph.embedding(matrix(graph, "generator.embedding", vocabularySize), tokens);
        SDVariable hidden = attend(graph, "generator", embedded, embedded, tokens, false);
        return graph.linear(graph.statesAt(hidden, positions), matrix(graph, "generator.projection", vocabularySize));
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public Map<String, Object> dimensions() {
        return Map.of("width", WIDTH);
    }

    private SDVariable embed(Graph graph, SDVariable tokens) {
        return graph.embedding(matrix(graph, "embedding", vocabularySize), tokens);
    }

    private SDVariable attend(
            Graph graph, String name, SDVariable x, SDVariable memory, SDVariable memoryTokens, boolean causal) {
        SDVariable query = graph.linear(x, matrix(graph, name + ".query", WIDTH));
        SDVariable key = graph.linear(memory, matrix(graph, name + ".key", WIDTH));
        SDVariable mixed = graph.attention(new Graph.Attention(query, key, memory, memoryTokens, null, causal, 2, 0));
        return x.add(graph.linear(mixed, matrix(graph, name + ".output", WIDTH)));
    }

    private static SDVariable matrix(Graph graph, String name, int rows) {
        return graph.parameter(name + ".weight", Initializer.normal(Math.pow(WIDTH, -0.5)), rows, WIDTH);
    }
}
