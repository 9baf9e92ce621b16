package org.spactor.runner.assembly;

import java.util.Set;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.Update;
import org.spactor.engine.optimizer.UpdateDeclaration;
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
    public void declare(Update update) {
        calls.run("declare() of '" + update.parameter() + "'", () -> {
            optimizer.declare(update);
            if (update instanceof UpdateDeclaration declaration) {
                declaration.requireComplete();
            }
        });
    }
}
