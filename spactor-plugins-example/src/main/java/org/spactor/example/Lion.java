package org.spactor.example;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.Option;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.OptimizerProvider;
import org.spactor.api.optimizer.Quantity;
import org.spactor.api.optimizer.Update;

/**
 * The optimizer {@code lion}: every element goes a step of the same size, in the direction of a mean of its gradients.
 * p ← p − η (sign(β₁ m + (1 − β₁) g) + λ p); m ← β₂ m + (1 − β₂) g; λ for matrices alone.
 *
 * <p>Source: Chen et al., <i>Symbolic discovery of optimization algorithms</i>, 2023, algorithm 2.
 */
public final class Lion implements OptimizerProvider<Lion.Options> {
    /** Options of the optimizer. */
    public record Options(
            @Option(description = "Multiplied by the schedule's factor", defaultValue = "1e-4", range = "(0, inf)")
            double learningRate,

            @Option(description = "Share of the mean in a step's direction", defaultValue = "0.9", range = "[0, 1)")
            double beta1,

            @Option(description = "Decay of the mean of the gradients", defaultValue = "0.99", range = "[0, 1)")
            double beta2,

            @Option(description = "Share of a matrix that is taken away", defaultValue = "0", range = "[0, inf)")
            double weightDecay) {}

    @Override
    public String name() {
        return "lion";
    }

    @Override
    public String summary() {
        return "Steps of one size, along the sign of a mean of the gradients";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Optimizer create(Options options, ComponentContext context) {
        return new SignedMean(options);
    }

    private record SignedMean(Options options) implements Optimizer {
        @Override
        public double learningRate() {
            return options.learningRate();
        }

        @Override
        public void declare(Update update) {
            Quantity p = update.value();
            Quantity g = update.gradient();
            Quantity mean = update.slot("mean");
            double decay = update.shape().length > 1 ? options.weightDecay() : 0;
            Quantity direction = mean.times(options.beta1())
                    .plus(g.times(1 - options.beta1()))
                    .sign();
            update.set(p, p.minus(direction.plus(p.times(decay)).times(update.learningRate())));
            update.set(mean, mean.times(options.beta2()).plus(g.times(1 - options.beta2())));
        }
    }
}
