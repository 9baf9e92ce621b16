package org.spactor.runner.checkpoint;

/**
 * Which checkpoints are kept.
 *
 * @param newest how many of the newest, at least 1
 * @param everySteps those of steps that are a multiple of this are kept for good; 0: none
 */
public record Retention(int newest, long everySteps) {
    /** Whether the checkpoint of a step is kept however old it is. */
    boolean keepsForGood(long step) {
        return everySteps > 0 && step % everySteps == 0;
    }
}
