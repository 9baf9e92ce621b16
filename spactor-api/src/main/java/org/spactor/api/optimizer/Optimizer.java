package org.spactor.api.optimizer;

import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Turns gradients into new parameters, one tensor at a time. Stateless: what it remembers is in the slots it asks for,
 * which checkpoints hold. Thread-safe: several tensors are updated side by side.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface Optimizer {
    /** What the schedule's factor is multiplied by, above 0. */
    double learningRate();

    /**
     * The tensors it keeps for a parameter of a shape: shape by name. They start as zeros.
     *
     * @param shape of the parameter; not changed
     */
    Map<String, long[]> slots(long[] shape);

    /**
     * Is told the names of all parameters before the first step.
     *
     * @throws org.spactor.api.component.InvalidOptionException if an option speaks of a parameter that is not there
     */
    default void requireParameters(Set<String> names) {}

    /** Updates one parameter in place. */
    void update(ParameterUpdate update);
}
