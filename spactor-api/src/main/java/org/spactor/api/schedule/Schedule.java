package org.spactor.api.schedule;

import org.apiguardian.api.API;

/** The learning rate over the course of a run, as a factor of the optimizer's learning rate. A pure function. */
@API(status = API.Status.MAINTAINED, since = "0.2")
@FunctionalInterface
public interface Schedule {
    /**
     * The factor of a step: finite and not negative.
     *
     * @param step number of the step, from 0
     * @param totalSteps number of steps planned
     */
    double factor(long step, long totalSteps);
}
