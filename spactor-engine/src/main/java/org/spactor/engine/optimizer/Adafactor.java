package org.spactor.engine.optimizer;

import java.util.Set;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.Quantity;
import org.spactor.api.optimizer.Update;

/**
 * Adafactor as T5X runs it: no momentum, no weight decay, steps in proportion to the size of the tensor.
 *
 * <p>With t = 1, 2, …, β = 1 − t^−0.8 and G = g² + 10⁻³⁰. A matrix with both sides at least 128 keeps R, the running mean of
 * G over each row's columns, and C, over each column's rows: u = g · (R / mean R)^−½ · C^−½. Another tensor keeps the
 * running mean V: u = g V^−½. Then u ← u / max(1, RMS(u)) and p ← p − η max(10⁻³, RMS(p)) u, with RMS(p) before the update.
 *
 * <p>Source: Shazeer and Stern, <i>Adafactor: adaptive learning rates with sublinear memory cost</i>, 2018; the program
 * {@code t5x/adafactor.py}.
 */
public final class Adafactor implements Optimizer {
    private final AdafactorOptions options;

    /** An optimizer with these options. */
    public Adafactor(AdafactorOptions options) {
        this.options = options;
    }

    @Override
    public void declare(Update update) {
        Quantity p = update.value();
        Quantity kept = update.number(1).minus(update.step().power(-options.decayExponent()));
        Quantity direction = isFactored(update.shape()) ? factored(update, kept) : unfactored(update, kept);
        Quantity size = p.rootMeanSquare().maximum(options.smallestScale());
        Quantity clipped = direction
                .rootMeanSquare()
                .dividedBy(options.clippingThreshold())
                .maximum(1);
        Quantity rate = update.learningRate()
                .times(rateFactor(update.parameter()))
                .times(size)
                .dividedBy(clipped);
        update.set(p, p.minus(direction.times(rate)));
    }

    private boolean isFactored(long[] shape) {
        return shape.length == 2
                && shape[0] >= options.smallestFactoredSide()
                && shape[1] >= options.smallestFactoredSide();
    }

    /** Means of the squares along both sides: ε is below what float32 adds to a mean that is not 0. */
    private Quantity factored(Update update, Quantity kept) {
        Quantity g = update.gradient();
        Quantity rows = update.slotOfRows("rows");
        Quantity columns = update.slotOfColumns("columns");
        Quantity ofRows = average(rows, g.squared().meanOfRows(), kept);
        Quantity ofColumns = average(columns, g.squared().meanOfColumns(), kept);
        update.set(rows, ofRows);
        update.set(columns, ofColumns);
        Quantity byRow = ofRows.dividedBy(ofRows.mean()).power(-0.5);
        Quantity byColumn = ofColumns.power(-0.5);
        return g.times(byColumn).times(byRow);
    }

    private Quantity unfactored(Update update, Quantity kept) {
        Quantity g = update.gradient();
        Quantity squares = update.slot("squares");
        Quantity average = average(squares, g.squared(), kept);
        update.set(squares, average);
        return g.dividedBy(average.squareRoot());
    }

    private Quantity average(Quantity before, Quantity now, Quantity kept) {
        return before.times(kept)
                .plus(now.plus(options.epsilon()).times(kept.negated().plus(1)));
    }

    private double rateFactor(String parameter) {
        return ParameterGroup.of(parameter, options.groups())
                .map(ParameterGroup::learningRateFactor)
                .orElse(1.0);
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
