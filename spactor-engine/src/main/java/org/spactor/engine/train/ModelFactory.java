package org.spactor.engine.train;

import java.util.Set;
import org.spactor.engine.graph.ModelGraph;

/** Declares the graph of a model with some of its losses; for batches of any size. */
@FunctionalInterface
public interface ModelFactory {
    /**
     * Declares a graph.
     *
     * @param losses the active losses
     * @param batchSize number of examples of a batch
     * @param training whether dropout drops
     */
    ModelGraph declare(Set<String> losses, int batchSize, boolean training);
}
