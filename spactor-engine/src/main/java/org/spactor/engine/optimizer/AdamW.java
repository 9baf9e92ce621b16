package org.spactor.engine.optimizer;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.Quantity;
import org.spactor.api.optimizer.Update;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, <i>Decoupled weight decay regularization</i>, 2019) and, as an
 * option, Adafactor's scaling of each tensor's step by its root mean square, which makes it usable for T5 (Nawrot,
 * <i>nanoT5</i>, 2023).
 *
 * <p>m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; u = (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε); p ← p − η s u − η λ p, with
 * s = max(10⁻³, RMS(p)) before the update or 1, and λ only for tensors with at least two sides that are
 * no biases.
 */
public final class AdamW implements Optimizer {
    private static final double SMALLEST_SCALE = 1e-3;
    private static final Pattern BIAS = Pattern.compile("(^|[._])bias([._]|$)");

    private final AdamWOptions options;

    /** An optimizer with these options. */
    public AdamW(AdamWOptions options) {
        this.options = options;
    }

    @Override
    public void declare(Update update) {
        Quantity p = update.value();
        Quantity g = update.gradient();
        Quantity mean = update.slot("mean");
        Quantity squares = update.slot("squares");
        Optional<AdamWGroup> group = ParameterGroup.of(update.parameter(), options.groups());
        Quantity rate = update.learningRate()
                .times(group.map(AdamWGroup::learningRateFactor).orElse(1.0));
        Quantity scale = options.rmsScaling() ? p.rootMeanSquare().maximum(SMALLEST_SCALE) : update.number(1);
        Quantity meanCorrection =
                update.number(1).minus(update.number(options.beta1()).power(update.step()));
        Quantity squaresCorrection =
                update.number(1).minus(update.number(options.beta2()).power(update.step()));
        // u = (m / c₁) / (√(v / c₂) + ε) = √c₂ / c₁ · m / (√v + ε √c₂)
        Quantity stepSize =
                rate.times(scale).times(squaresCorrection.squareRoot()).dividedBy(meanCorrection);
        Quantity epsilon = squaresCorrection.squareRoot().times(options.epsilon());
        Quantity kept = update.number(1).minus(rate.times(decay(update, group)));
        Quantity m = mean.times(options.beta1()).plus(g.times(rest(options.beta1())));
        Quantity v = squares.times(options.beta2())
                .plus(update.number(rest(options.beta2())).times(g).times(g));
        update.set(mean, m);
        update.set(squares, v);
        update.set(
                p,
                p.times(kept).minus(stepSize.times(m).dividedBy(v.squareRoot().plus(epsilon))));
    }

    /** What is left of 1 when both are float32, as m and v are. */
    private static double rest(double share) {
        return 1 - (float) share;
    }

    private double decay(Update update, Optional<AdamWGroup> group) {
        return decays(update)
                ? options.weightDecay()
                        * group.map(AdamWGroup::weightDecayFactor).orElse(1.0)
                : 0;
    }

    /** Norms and biases keep what they have: vectors, and tables of biases such as the relative attention bias. */
    private static boolean decays(Update update) {
        return update.shape().length > 1 && !BIAS.matcher(update.parameter()).find();
    }

    @Override
    public double learningRate() {
        return options.learningRate();
    }

    @Override
    public void requireParameters(Set<String> names) {
        ParameterGroup.requireParameters(options.groups(), names);
    }
}
