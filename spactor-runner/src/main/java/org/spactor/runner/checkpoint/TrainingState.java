package org.spactor.runner.checkpoint;

import java.util.List;
import org.spactor.api.curriculum.Progress;

/**
 * How far a run has come: with the parameters and what the optimizer remembers, all that a run needs to go on exactly.
 * The place in the data and every random number follow from the step.
 *
 * @param step number of steps made, skipped ones included
 * @param tokens tokens read by encoder and decoder
 * @param flops floating-point operations in matrix products
 * @param stage the curriculum's stage of the last step; empty before the first
 * @param validations results of the validations so far, oldest first: what a curriculum may look at
 * @param skipped number of steps that were skipped because a loss or a gradient was not finite
 * @param skippedInARow how many of them were the last ones
 */
public record TrainingState(
        long step,
        long tokens,
        long flops,
        String stage,
        List<Progress.Validation> validations,
        long skipped,
        int skippedInARow) {
    /** Before the first step. */
    public static final TrainingState START = new TrainingState(0, 0, 0, "", List.of(), 0, 0);

    public TrainingState {
        validations = List.copyOf(validations);
    }
}
