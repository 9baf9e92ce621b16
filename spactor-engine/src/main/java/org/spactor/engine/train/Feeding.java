package org.spactor.engine.train;

import org.spactor.api.corruption.Feature;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.Nd4jExecutable;

/** Puts a batch into the inputs of a plan. */
final class Feeding {
    private Feeding() {}

    /** Gives an executable of a graph the features that the graph reads. */
    static void feed(Nd4jExecutable executable, ModelGraph graph, Examples examples) {
        for (Feature feature : graph.features().keySet()) {
            executable.setInput(ModelGraph.inputOf(feature), examples.feature(feature));
        }
    }
}
