package org.spactor.testkit;

import java.util.function.UnaryOperator;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.CausalDecoder;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * The smallest architecture that has every part of the API: an embedding and one attention in encoder, decoder, causal
 * decoder and generator each.
 */
public final class TinyArchitecture implements Architecture, Encoder, Decoder, CausalDecoder, TokenGenerator {
    private static final int WIDTH = 6;
    private static final int HEADS = 2;

    private final int vocabularySize;

    /** An architecture for tokens of a vocabulary. */
    public TinyArchitecture(Vocabulary vocabulary) {
        this.vocabularySize = vocabulary.size();
    }

    @Override
    public Encoded encode(Graph graph, Value tokens) {
        Value embedded = embed(graph, "embedding", tokens);
        return new Encoded(attend(graph, "encoder", embedded, embedded, to -> to.keyMask(text(graph, tokens))), tokens);
    }

    @Override
    public Value decode(Graph graph, Encoded encoded, Value tokens) {
        Value embedded = embed(graph, "embedding", tokens);
        Value own = attend(graph, "decoder", embedded, embedded, to -> to.causal(true));
        return attend(graph, "cross", own, encoded.hidden(), to -> to.keyMask(text(graph, encoded.tokens())));
    }

    @Override
    public Value decode(Graph graph, Value tokens, Value prefix) {
        Value embedded = embed(graph, "embedding", tokens);
        return attend(graph, "causal", embedded, embedded, to -> to.causalBehind(prefix));
    }

    @Override
    public Value project(Graph graph, Value hidden) {
        return graph.linear(hidden, matrix(graph, "projection", vocabularySize));
    }

    @Override
    public Value generate(Graph graph, Value tokens, Value positions) {
        Value embedded = embed(graph, "generator.embedding", tokens);
        Value hidden = attend(graph, "generator", embedded, embedded, to -> to.keyMask(text(graph, tokens)));
        return graph.linear(graph.statesAt(hidden, positions), matrix(graph, "generator.projection", vocabularySize));
    }

    private Value embed(Graph graph, String name, Value tokens) {
        return graph.embedding(matrix(graph, name, vocabularySize), tokens);
    }

    /** What is no padding. */
    private static Value text(Graph graph, Value tokens) {
        return tokens.ne(graph.vocabulary().pad());
    }

    /** @param to adds whom a query sees */
    private static Value attend(Graph graph, String name, Value x, Value memory, UnaryOperator<Attention> to) {
        Value query = graph.linear(x, matrix(graph, name + ".query", WIDTH));
        Value key = graph.linear(memory, matrix(graph, name + ".key", WIDTH));
        Value mixed = graph.attention(to.apply(Attention.of(query, key, memory, HEADS)));
        return x.add(graph.linear(mixed, matrix(graph, name + ".output", WIDTH)));
    }

    private static Value matrix(Graph graph, String name, int rows) {
        return graph.parameter(name + ".weight", Initializer.normal(Math.pow(WIDTH, -0.5)), rows, WIDTH);
    }
}
