package org.spactor.runner.training;

import java.util.Set;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.engine.graph.ModelFactory;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.runner.assembly.Components;

/**
 * An architecture with an objective on it, as graphs of any of the objective's losses.
 *
 * @param lengths length of every feature of the examples
 */
record ModelDeclaration(Components components, FeatureLengths lengths) implements ModelFactory {
    /** {@inheritDoc} The graph has the active losses and no others. */
    @Override
    public ModelGraph declare(Set<String> losses, int batchSize, boolean training) {
        ModelGraph graph = new ModelGraph(lengths, components.vocabulary(), batchSize, training);
        components.build(graph, losses);
        return graph;
    }
}
