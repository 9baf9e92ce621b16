package org.spactor.engine.graph;

import org.spactor.api.graph.Initializer;
import org.spactor.engine.plan.Shape;

/**
 * A parameter as a graph declares it.
 *
 * @param name unique in a model
 * @param shape matrices of dense layers are [out, in]
 * @param initializer how it is filled before training
 */
public record ParameterSpecification(String name, long[] shape, Initializer initializer) {
    /** Number of elements. */
    public long elements() {
        return Shape.elements(shape);
    }
}
