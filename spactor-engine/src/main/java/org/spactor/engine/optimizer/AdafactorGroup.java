package org.spactor.engine.optimizer;

import org.spactor.api.component.Option;

/**
 * Parameters that {@link Adafactor} treats in a way of their own.
 *
 * @param parameters their names, with {@code *} for any text
 * @param learningRateFactor what their learning rate is multiplied by
 */
public record AdafactorGroup(
        @Option(description = "Names of parameters; * stands for any text, as in encoder.*.layer_norm.weight")
        String parameters,

        @Option(
                description = "What their learning rate is multiplied by; 0: they stay as they are",
                defaultValue = "1",
                range = "[0, inf)")
        double learningRateFactor)
        implements ParameterGroup {}
