package org.spactor.engine.schedule;

import org.spactor.api.component.Option;

/**
 * Options of {@link CosineScheduleProvider}.
 *
 * @param warmUp steps of linear warm-up
 * @param finalFactor factor at the end
 */
public record CosineOptions(
        @Option(
                description = "Steps in which the factor rises linearly from 0 to 1",
                defaultValue = "100",
                range = "[0, inf)")
        long warmUp,

        @Option(description = "Factor at the end of the run", defaultValue = "0", range = "[0, 1]")
        double finalFactor) {}
