package org.spactor.runner.assembly;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.ParameterUpdate;
import org.spactor.runner.component.ComponentCalls;

/** An optimizer whose failures say that they are its, and with which parameter. */
final class GuardedOptimizer implements Optimizer {
    private static final String OPTIONS = "optimizer.options.";

    private final Optimizer optimizer;
    private final ComponentCalls calls;

    GuardedOptimizer(Optimizer optimizer, ComponentCalls calls) {
        this.optimizer = optimizer;
        this.calls = calls;
    }

    @Override
    public double learningRate() {
        double rate = calls.call("learningRate()", optimizer::learningRate);
        calls.require(rate > 0 && Double.isFinite(rate), "learningRate()", () -> rate + " is not within (0, inf)");
        return rate;
    }

    @Override
    public Map<String, long[]> slots(long[] shape) {
        String what = "slots(" + Arrays.toString(shape) + ")";
        Map<String, long[]> slots = calls.call(what, () -> optimizer.slots(shape.clone()));
        calls.require(slots != null, what, () -> "it returned null");
        slots.forEach((name, sides) -> calls.require(
                name != null && sides != null && Arrays.stream(sides).allMatch(side -> side > 0),
                what,
                () -> "the slot '" + name + "' has the shape " + Arrays.toString(sides)));
        return slots;
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidOptionException with the option's key from the configuration's root on
     */
    @Override
    public void requireParameters(Set<String> names) {
        try {
            calls.run("requireParameters()", () -> optimizer.requireParameters(names));
        } catch (InvalidOptionException e) {
            throw new InvalidOptionException(OPTIONS + e.option(), e.getMessage());
        }
    }

    @Override
    public void update(ParameterUpdate update) {
        calls.call(() -> "update() of '" + update.name() + "' in step " + update.step(), () -> {
            optimizer.update(update);
            return null;
        });
    }
}
