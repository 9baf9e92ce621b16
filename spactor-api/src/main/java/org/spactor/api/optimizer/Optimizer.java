package org.spactor.api.optimizer;

import java.util.Set;
import org.apiguardian.api.API;

/**
 * Turns gradients into new parameters. It does not compute: it declares, for each parameter, how the new value comes
 * of the old one, of the gradient and of what it remembers; the declaration is compiled, and runs in every step on
 * whatever device the model is on. What it remembers is in the slots that it declares, which checkpoints hold.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface Optimizer {
    /** What the schedule's factor is multiplied by, above 0. */
    double learningRate();

    /**
     * Is told the names of all parameters before the first step.
     *
     * @throws org.spactor.api.component.InvalidOptionException if an option speaks of a parameter that is not there
     */
    default void requireParameters(Set<String> names) {}

    /**
     * Declares how one parameter is updated: sets at least its {@linkplain Update#value() value}. Is asked more than once,
     * and says the same each time.
     */
    void declare(Update update);
}
