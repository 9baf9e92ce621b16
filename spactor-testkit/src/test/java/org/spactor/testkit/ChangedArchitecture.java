package org.spactor.testkit;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.graph.Graph;

/** A right architecture, to change something about. */
abstract class ChangedArchitecture implements Architecture {
    final Architecture right;

    ChangedArchitecture(Architecture right) {
        this.right = right;
    }

    @Override
    public Encoded encode(Graph graph, SDVariable tokens) {
        return right.encode(graph, tokens);
    }

    @Override
    public SDVariable decode(Graph graph, Encoded encoded, SDVariable tokens) {
        return right.decode(graph, encoded, tokens);
    }

    @Override
    public SDVariable project(Graph graph, SDVariable hidden) {
        return right.project(graph, hidden);
    }

    @Override
    public SDVariable generate(Graph graph, SDVariable tokens, SDVariable positions) {
        return right.generate(graph, tokens, positions);
    }

    @Override
    public int width() {
        return right.width();
    }

    @Override
    public Map<String, Object> dimensions() {
        return right.dimensions();
    }
}
