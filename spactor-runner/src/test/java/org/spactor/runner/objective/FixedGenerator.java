package org.spactor.runner.objective;

import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;

/** An architecture whose generator's logits are a parameter, so that a test decides what is drawn. It has no decoder. */
final class FixedGenerator implements Architecture, Encoder, TokenGenerator {
    /** Name of the logits, [B, M, V]. */
    static final String LOGITS = "logits";

    private static final int WIDTH = 4;

    private final int vocabularySize;

    FixedGenerator(int vocabularySize) {
        this.vocabularySize = vocabularySize;
    }

    @Override
    public Encoded encode(Graph graph, Value tokens) {
        Value table = graph.parameter("table", Initializer.normal(1), vocabularySize, WIDTH);
        return new Encoded(graph.embedding(table, tokens), tokens);
    }

    @Override
    public Value generate(Graph graph, Value tokens, Value positions) {
        return graph.parameter(LOGITS, Initializer.normal(1), positions.size(0), positions.size(1), vocabularySize);
    }
}
