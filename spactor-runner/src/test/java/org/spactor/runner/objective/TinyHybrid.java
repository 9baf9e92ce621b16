package org.spactor.runner.objective;

import java.util.Map;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.RandomInputs;
import org.spactor.models.t5.GeneratorDimensions;
import org.spactor.models.t5.T5;
import org.spactor.models.t5.T5Dimensions;
import org.spactor.objectives.corruption.TokenMaskCorruptor;
import org.spactor.objectives.objective.SpactorObjective;
import org.spactor.objectives.objective.SpactorOptions;

/**
 * The hybrid objective on a T5 small enough for finite differences, and a batch for it: span-corrupted inputs of which one
 * is full and two are padded, with three, one and two masked positions.
 */
final class TinyHybrid {
    /** Pieces 0 … 19, sentinels 23 (the first) … 20, mask 24. */
    static final Vocabulary VOCABULARY = Vocabulary.sample(20, 4, 32);

    static final Set<String> ALL_LOSSES = Set.of("mlm", "rtd", "sc");

    static final long[] INPUTS = {
        3, 7, 23, 11, 5, 22, 9, 1,
        12, 23, 19, 4, 1, 0, 0, 0,
        6, 3, 23, 14, 14, 17, 1, 0
    };
    static final long[] MASKED_POSITIONS = {
        0, 3, 6,
        2, -1, -1,
        1, 4, -1
    };
    static final long[] MASKED_INPUTS = {
        24, 7, 23, 24, 5, 22, 24, 1,
        12, 23, 24, 4, 1, 0, 0, 0,
        6, 24, 23, 14, 24, 17, 1, 0
    };
    static final long[] TARGETS = {
        23, 4, 6, 22, 8, 1,
        23, 15, 10, 1, 0, 0,
        23, 2, 13, 16, 1, 0
    };

    /** Positions masked. */
    static final int MASKED = 6;

    /** Inputs that are neither padding nor {@code </s>} nor sentinels. */
    static final int ORDINARY_INPUTS = 13;

    /** Inputs that are not padding. */
    static final int REAL_INPUTS = 20;

    /** Targets that are not padding. */
    static final int REAL_TARGETS = 15;

    private static final int BATCH = 3;
    private static final FeatureLengths LENGTHS = new FeatureLengths(Map.of(
            Feature.INPUTS,
            INPUTS.length / BATCH,
            Feature.TARGETS,
            TARGETS.length / BATCH,
            TokenMaskCorruptor.MASKED_POSITIONS,
            MASKED_POSITIONS.length / BATCH,
            TokenMaskCorruptor.MASKED_INPUTS,
            MASKED_INPUTS.length / BATCH));
    private static final int WIDTH = 8;

    private TinyHybrid() {}

    /** T5 1.1 of one layer each, with a generator of one layer. */
    static T5 version11(boolean ownEmbedding) {
        return new T5(
                new T5Dimensions(WIDTH, 12, 4, 2, 1, 1, true, false, 0),
                new GeneratorDimensions(1, WIDTH, ownEmbedding),
                VOCABULARY.size());
    }

    /** T5 1.1 of one layer each with dropout, with a generator of one layer that shares its embedding. */
    static T5 version11WithDropout() {
        return new T5(
                new T5Dimensions(WIDTH, 12, 4, 2, 1, 1, true, false, 0.1),
                new GeneratorDimensions(1, WIDTH, false),
                VOCABULARY.size());
    }

    /** T5 1.0 of one layer each, with a generator of another width. */
    static T5 version10(boolean ownEmbedding) {
        return new T5(
                new T5Dimensions(WIDTH, 12, 4, 2, 1, 1, false, true, 0),
                new GeneratorDimensions(1, WIDTH / 2, ownEmbedding),
                VOCABULARY.size());
    }

    /** The objective with its default options. */
    static SpactorObjective objective() {
        return objective(1, SpactorOptions.Head.DENSE, false);
    }

    /** The objective. */
    static SpactorObjective objective(double temperature, SpactorOptions.Head head, boolean detectsSpecialTokens) {
        return new SpactorObjective(new SpactorOptions(temperature, head, detectsSpecialTokens), VOCABULARY);
    }

    /** An objective on an architecture, with some of its losses, on the batch. */
    static GraphCase graph(Architecture architecture, Objective objective, Set<String> losses) {
        return new GraphCase(
                objective.getClass().getSimpleName() + " with " + losses,
                LENGTHS,
                VOCABULARY,
                BATCH,
                Map.of(
                        "feature.inputs", INPUTS,
                        "feature.targets", TARGETS,
                        "feature.masked-positions", MASKED_POSITIONS,
                        "feature.masked-inputs", MASKED_INPUTS),
                graph -> objective.build(graph, architecture, losses));
    }

    /** The batch, random parameters, and the weights 1, 10 and 10 of mlm, rtd and sc, each divided by its count. */
    static RandomInputs inputs(GraphCase graphCase, ModelGraph graph) {
        Map<String, Double> weights = Map.of(
                "mlm", 1.0 / MASKED,
                "rtd", 10.0 / ORDINARY_INPUTS,
                "sc", 10.0 / REAL_TARGETS);
        RandomInputs inputs = RandomInputs.of(graphCase, graph);
        for (String loss : graph.losses().keySet()) {
            inputs = inputs.withWeight(loss, weights.get(loss));
        }
        return inputs;
    }
}
