package org.spactor.engine.optimizer;

import java.util.List;
import org.spactor.api.component.Option;

/**
 * Options of {@link Adafactor}.
 *
 * @param learningRate multiplied by the schedule's factor
 * @param decayExponent c of β = 1 − t^−c
 * @param epsilon added to the squared gradients
 * @param clippingThreshold greatest root mean square of a tensor's update before the learning rate
 * @param smallestScale lower bound of the root mean square that a tensor's step is multiplied by
 * @param smallestFactoredSide matrices with both sides at least this long keep row and column means alone
 * @param groups parameters with settings of their own; the first that matches holds
 */
public record AdafactorOptions(
        @Option(
                description = "Multiplied by the schedule's factor",
                defaultValue = "1",
                range = "(0, inf)",
                source = "T5X")
        double learningRate,

        @Option(
                description = "Exponent c of the decay 1 - t^-c of the squared gradients' means",
                defaultValue = "0.8",
                range = "(0, 1]",
                source = "T5X")
        double decayExponent,

        @Option(
                description = "Added to the squared gradients",
                defaultValue = "1e-30",
                range = "(0, inf)",
                source = "T5X")
        double epsilon,

        @Option(
                description = "Greatest root mean square of a tensor's update before the learning rate",
                defaultValue = "1",
                range = "(0, inf)",
                source = "T5X")
        double clippingThreshold,

        @Option(
                description = "Each tensor's step is multiplied by its root mean square, or by this if it is smaller",
                defaultValue = "1e-3",
                range = "(0, inf)",
                source = "T5X")
        double smallestScale,

        @Option(
                description = "Matrices with both sides at least this long keep means of rows and columns alone",
                defaultValue = "128",
                range = "[2, inf)",
                source = "T5X")
        int smallestFactoredSide,

        @Option(
                description = "Groups of parameters with settings of their own; the first that matches holds",
                defaultValue = "")
        List<AdafactorGroup> groups) {
    public AdafactorOptions {
        groups = List.copyOf(groups);
    }
}
