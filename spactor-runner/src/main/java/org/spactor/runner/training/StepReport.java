package org.spactor.runner.training;

import org.spactor.engine.train.StepResult;

/**
 * What is known after a step.
 *
 * @param step number of steps made, this one included
 * @param stage the curriculum's stage
 * @param total the sum of weight × loss
 * @param result losses, metrics and the gradients' norm
 * @param learningRate of this step
 * @param tokens tokens read by encoder and decoder since the run began
 * @param flops floating-point operations in matrix products since the run began
 */
public record StepReport(
        long step, String stage, double total, StepResult result, double learningRate, long tokens, long flops) {}
