package org.spactor.runner.objective;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;

/** An architecture whose generator's logits are a parameter, so that a test decides what is drawn. It has no decoder. */
final class FixedGenerator implements Architecture {
    /** Name of the logits, [B, M, V]. */
    static final String LOGITS = "logits";

    private static final int WIDTH = 4;

    private final int vocabularySize;

    FixedGenerator(int vocabularySize) {
        this.vocabularySize = vocabularySize;
    }

    @Override
    public Encoded encode(Graph graph, SDVariable tokens) {
        SDVariable table = graph.parameter("table", Initializer.normal(1), vocabularySize, WIDTH);
        return new Encoded(graph.embedding(table, tokens), tokens);
    }

    @Override
    public SDVariable decode(Graph graph, Encoded encoded, SDVariable tokens) {
        throw new UnsupportedOperationException("no decoder");
    }

    @Override
    public SDVariable project(Graph graph, SDVariable hidden) {
        throw new UnsupportedOperationException("no decoder");
    }

    @Override
    public SDVariable generate(Graph graph, SDVariable tokens, SDVariable positions) {
        long[] shape = positions.getShape();
        return graph.parameter(LOGITS, Initializer.normal(1), shape[0], shape[1], vocabularySize);
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public Map<String, Object> dimensions() {
        return Map.of();
    }
}
