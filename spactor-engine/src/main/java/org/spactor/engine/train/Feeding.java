package org.spactor.engine.train;

import org.spactor.api.corruption.Feature;
import org.spactor.engine.backend.Program;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.PlanNames;

/** Puts a batch into the inputs of a plan. */
final class Feeding {
    private Feeding() {}

    /** Gives a program of a graph the features that the graph reads. */
    static void feed(Program program, ModelGraph graph, Examples examples) {
        for (Feature feature : graph.features().keySet()) {
            program.setInput(PlanNames.inputOf(feature), examples.feature(feature));
        }
    }

    /**
     * The last guard before a batch is fed: kernels look up what features hold without looking at it again, so that a number
     * outside of its feature's domain would read or write memory that is none of the operand's.
     *
     * @param examples the whole batch, so that examples are counted as everybody counts them
     * @throws IllegalArgumentException if there is one
     */
    static void requireDomains(ModelGraph graph, Examples examples) {
        for (Feature feature : graph.features().keySet()) {
            requireDomain(graph, feature, examples.feature(feature), examples.batchSize());
        }
    }

    private static void requireDomain(ModelGraph graph, Feature feature, int[] values, int batchSize) {
        long least = graph.least(feature);
        long greatest = graph.greatest(feature);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < least || values[i] > greatest) {
                int length = values.length / batchSize;
                throw new IllegalArgumentException(
                        "feature '" + feature + "' of example " + i / length + " of the batch is " + values[i]
                                + " at place " + i % length + ", but " + meaning(feature.domain()) + " is within ["
                                + least + ", " + greatest + "]");
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
