package org.spactor.api.curriculum;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * How far a run has come: all that a curriculum may look at.
 *
 * @param step number of optimizer steps done, from 0
 * @param totalSteps number of steps planned, at least 1
 * @param validations results of the validations so far, oldest first
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Progress(long step, long totalSteps, List<Validation> validations) {
    public Progress {
        validations = List.copyOf(validations);
    }

    /** The share of the run that is done, in [0, 1). */
    public double fraction() {
        return (double) step / totalSteps;
    }

    /**
     * One validation.
     *
     * @param step number of steps done when it ran
     * @param losses mean losses in nats, by name without the prefix {@code loss.}
     */
    public record Validation(long step, Map<String, Double> losses) {
        public Validation {
            losses = Map.copyOf(losses);
        }
    }
}
