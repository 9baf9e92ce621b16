package org.spactor.engine.plan;

import java.util.Set;

/** Where the plans of a model come from: a compiler, or a folder where they were saved. */
public interface Planner {
    /**
     * A model to train.
     *
     * @param losses the active losses; their order is of no matter
     * @param batchSize examples of a run
     * @param accumulates whether runs may add their gradients to those of the run before
     */
    PlannedTraining training(Set<String> losses, int batchSize, boolean accumulates);

    /**
     * A model to measure, without dropout and gradients.
     *
     * @param losses the active losses; their order is of no matter
     * @param batchSize examples of a run
     */
    PlannedModel evaluation(Set<String> losses, int batchSize);
}
