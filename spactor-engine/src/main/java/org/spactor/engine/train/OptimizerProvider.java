package org.spactor.engine.train;

import org.spactor.api.component.ComponentProvider;

/** Makes {@link Optimizer}s. */
public interface OptimizerProvider<O extends Record> extends ComponentProvider<O> {
    /** Makes an optimizer. */
    Optimizer create(O options);

    /** The options' learning rate: what the schedule's shape is multiplied by. */
    double learningRate(O options);
}
