package org.spactor.testkit;

import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.CausalDecoder;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;

/** A right architecture, to change something about. */
class ChangedArchitecture implements Architecture, Encoder, Decoder, CausalDecoder, TokenGenerator {
    private final TinyArchitecture right;

    ChangedArchitecture(Vocabulary vocabulary) {
        this.right = new TinyArchitecture(vocabulary);
    }

    @Override
    public Encoded encode(Graph graph, Value tokens) {
        return right.encode(graph, tokens);
    }

    @Override
    public Value decode(Graph graph, Encoded encoded, Value tokens) {
        return right.decode(graph, encoded, tokens);
    }

    @Override
    public Value decode(Graph graph, Value tokens, Value prefix) {
        return right.decode(graph, tokens, prefix);
    }

    @Override
    public Value project(Graph graph, Value hidden) {
        return right.project(graph, hidden);
    }

    @Override
    public Value generate(Graph graph, Value tokens, Value positions) {
        return right.generate(graph, tokens, positions);
    }
}
