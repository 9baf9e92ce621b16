package org.spactor.objectives.curriculum;

import org.spactor.api.component.Option;

/**
 * A loss and what it is multiplied by in a {@link WeightedCurriculum}.
 *
 * @param name of the loss, as the objective has it
 * @param weight in [0, inf)
 */
public record WeightedLoss(
        @Option(description = "Name of the loss, as the objective has it")
        String name,

        @Option(description = "Weight of the loss; 0: it is not learnt", defaultValue = "1", range = "[0, inf)")
        double weight) {}
