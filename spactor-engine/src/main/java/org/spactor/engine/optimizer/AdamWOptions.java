package org.spactor.engine.optimizer;

import java.util.List;
import org.spactor.api.component.Option;

/**
 * Options of {@link AdamW}.
 *
 * @param learningRate multiplied by the schedule's factor
 * @param beta1 decay of the mean of the gradients
 * @param beta2 decay of the mean of their squares
 * @param epsilon added to the root of the latter
 * @param weightDecay share of a matrix that a step of learning rate 1 takes away
 * @param rmsScaling whether steps are multiplied by max(10⁻³, RMS of the parameter)
 * @param groups parameters with settings of their own; the first that matches holds
 */
public record AdamWOptions(
        @Option(
                description = "Multiplied by the schedule's factor",
                defaultValue = "0.02",
                range = "(0, inf)",
                source = "nanoT5")
        double learningRate,

        @Option(
                description = "Decay of the mean of the gradients",
                defaultValue = "0.9",
                range = "[0, 1)",
                source = "Adam")
        double beta1,

        @Option(
                description = "Decay of the mean of the squared gradients",
                defaultValue = "0.999",
                range = "[0, 1)",
                source = "Adam")
        double beta2,

        @Option(
                description = "Added to the root of the mean of the squared gradients",
                defaultValue = "1e-6",
                range = "(0, inf)",
                source = "nanoT5")
        double epsilon,

        @Option(
                description =
                        "Share of a matrix that a step of learning rate 1 takes away; norms and biases keep theirs",
                defaultValue = "0",
                range = "[0, inf)")
        double weightDecay,

        @Option(
                description = "Multiply each tensor's step by max(0.001, RMS of the tensor), as Adafactor does",
                defaultValue = "true",
                source = "nanoT5")
        boolean rmsScaling,

        @Option(
                description = "Groups of parameters with settings of their own; the first that matches holds",
                defaultValue = "")
        List<AdamWGroup> groups) {
    public AdamWOptions {
        groups = List.copyOf(groups);
    }
}
