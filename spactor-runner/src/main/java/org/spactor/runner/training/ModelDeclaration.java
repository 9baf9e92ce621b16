package org.spactor.runner.training;

import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.objective.Objective;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.train.ModelFactory;

/**
 * An architecture with an objective on it, as graphs of any of the objective's losses.
 *
 * @param lengths length of every feature of the examples
 */
record ModelDeclaration(Architecture architecture, Objective objective, FeatureLengths lengths)
        implements ModelFactory {
    @Override
    public ModelGraph declare(Set<String> losses, int batchSize, boolean training) {
        ModelGraph graph = new ModelGraph(lengths, batchSize, training);
        objective.build(graph, architecture, losses);
        return graph;
    }
}
