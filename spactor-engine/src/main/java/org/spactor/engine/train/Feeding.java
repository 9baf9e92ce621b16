package org.spactor.engine.train;

import org.spactor.api.corruption.Feature;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.plan.PlannedFeature;
import org.spactor.engine.plan.PlannedModel;

/** Puts a batch into the inputs of a plan. */
final class Feeding {
    private Feeding() {}

    /** Gives a program of a model the features that the model reads. */
    static void feed(Program program, PlannedModel model, Examples examples) {
        for (PlannedFeature planned : model.features()) {
            program.setInput(PlanNames.inputOf(planned.feature()), examples.feature(planned.feature()));
        }
    }

    /**
     * The last guard before a batch is fed: kernels look up what features hold without looking at it again, so that a number
     * outside of its feature's domain would read or write memory that is none of the operand's.
     *
     * @param examples the whole batch, so that examples are counted as everybody counts them
     * @throws IllegalArgumentException if there is one
     */
    static void requireDomains(PlannedModel model, Examples examples) {
        for (PlannedFeature planned : model.features()) {
            requireDomain(planned, examples.feature(planned.feature()), examples.batchSize());
        }
    }

    private static void requireDomain(PlannedFeature planned, int[] values, int batchSize) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < planned.least() || values[i] > planned.greatest()) {
                int length = values.length / batchSize;
                throw new IllegalArgumentException(
                        "feature '" + planned.feature() + "' of example " + i / length + " of the batch is " + values[i]
                                + " at place " + i % length + ", but "
                                + meaning(planned.feature().domain()) + " is within ["
                                + planned.least() + ", " + planned.greatest() + "]");
            }
        }
    }

    private static String meaning(Feature.Domain domain) {
        if (domain instanceof Feature.Domain.Positions positions) {
            return "a position in '" + positions.in() + "'";
        }
        return domain instanceof Feature.Domain.Labels ? "its label" : "a token of the vocabulary";
    }
}
