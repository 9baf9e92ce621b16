package org.spactor.engine.schedule;

import org.spactor.api.component.Option;

/**
 * Options of {@link InverseSquareRootScheduleProvider}.
 *
 * @param warmUp steps in which the factor stays flat
 */
public record InverseSquareRootOptions(
        @Option(
                description = "Steps in which the factor stays at 1/sqrt(warm-up)",
                defaultValue = "10000",
                range = "[1, inf)",
                source = "T5")
        long warmUp) {}
