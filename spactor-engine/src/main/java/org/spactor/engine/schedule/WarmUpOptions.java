package org.spactor.engine.schedule;

import org.spactor.api.component.Option;

/**
 * Options of schedules that only warm up.
 *
 * @param warmUp steps of linear warm-up
 */
public record WarmUpOptions(
        @Option(
                description = "Steps in which the factor rises linearly from 0 to 1",
                defaultValue = "0",
                range = "[0, inf)")
        long warmUp) {
    /** The factor of a step that warms up, or NaN behind the warm-up. */
    double rising(long step) {
        return step < warmUp ? (step + 1.0) / warmUp : Double.NaN;
    }
}
