package org.spactor.engine.train;

/** The learning rate over the course of a run, as a factor of the optimizer's learning rate. */
@FunctionalInterface
public interface Schedule {
    /**
     * The factor of a step.
     *
     * @param step number of the step, from 0
     * @param totalSteps number of steps planned
     */
    double factor(long step, long totalSteps);
}
