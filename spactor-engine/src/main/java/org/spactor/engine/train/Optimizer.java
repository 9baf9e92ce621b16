package org.spactor.engine.train;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Turns gradients into new parameters, one tensor at a time. Stateless: what it remembers is in the slots it asks for. */
public interface Optimizer {
    /** The tensors it keeps for a parameter of a shape: shape by name. They start as zeros. */
    Map<String, long[]> slots(long[] shape);

    /**
     * Updates one parameter in place.
     *
     * @param parameter the tensor
     * @param gradient of the same shape; not changed
     * @param slots the tensors that {@link #slots(long[])} asked for, by name; changed
     * @param step what this update has to know of its step
     */
    void update(INDArray parameter, INDArray gradient, Map<String, INDArray> slots, Step step);

    /** The groups of parameters that have settings of their own; the first that a parameter is in holds. */
    default List<? extends ParameterGroup> groups() {
        return List.of();
    }

    /**
     * What an update has to know of its step.
     *
     * @param number of the step, from 1
     * @param learningRate as the schedule gives it
     * @param gradientScale what the gradient is to be multiplied by first: below 1 when it is clipped
     * @param parameter name of the parameter that is updated
     */
    record Step(long number, double learningRate, double gradientScale, String parameter) {
        /** The same for another parameter. */
        public Step of(String name) {
            return new Step(number, learningRate, gradientScale, name);
        }
    }
}
