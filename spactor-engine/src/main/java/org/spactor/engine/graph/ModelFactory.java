package org.spactor.engine.graph;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Declares the graph of a model with some of its losses; for batches of any size. */
@FunctionalInterface
public interface ModelFactory {
    /**
     * Declares a graph.
     *
     * @param losses the active losses, in an order that is the same in every process
     * @param batchSize number of examples of a batch
     * @param training whether dropout drops
     */
    ModelGraph declare(Set<String> losses, int batchSize, boolean training);

    /**
     * The same losses in alphabetical order. A set may have another order in every process; with it, whoever declares loss
     * after loss would give dropout other random numbers, and sums another order.
     */
    static Set<String> inOrder(Set<String> losses) {
        return Collections.unmodifiableSet(new TreeSet<>(losses));
    }
}
