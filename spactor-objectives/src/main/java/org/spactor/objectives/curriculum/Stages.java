package org.spactor.objectives.curriculum;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.objectives.objective.Losses;

/** The two stages of which the built-in curricula are made. */
public final class Stages {
    /** Name of the stage with all three losses. */
    public static final String HYBRID = "hybrid";

    /** Name of the stage with span corruption alone. */
    public static final String SPAN_CORRUPTION = "span-corruption";

    /** The value of the options {@code final-sc-weight} that stands for the weight of the hybrid stage. */
    private static final double UNCHANGED = -1;

    private Stages() {}

    /** A step of the hybrid objective. */
    public static StepPlan hybrid(HybridWeights weights) {
        Map<String, Double> byLoss = new LinkedHashMap<>();
        byLoss.put(Losses.MASKED_LANGUAGE_MODELLING, weights.mlm());
        byLoss.put(Losses.REPLACED_TOKEN_DETECTION, weights.rtd());
        byLoss.put(Losses.SPAN_CORRUPTION, weights.sc());
        return new StepPlan(HYBRID, byLoss);
    }

    /**
     * A step of span corruption alone.
     *
     * @param weight weight of its loss, above 0
     */
    public static StepPlan spanCorruption(double weight) {
        return new StepPlan(SPAN_CORRUPTION, Map.of(Losses.SPAN_CORRUPTION, weight));
    }

    /**
     * The steps that follow a hybrid stage.
     *
     * <p>By default the loss keeps its weight. Alone it would teach the same with any weight, since the optimizers and
     * the clipping of the gradient's norm hardly depend on its scale; but the optimizers remember the squares of past
     * gradients, and a loss that becomes ten times smaller from one step to the next makes steps ten times too small
     * until they have forgotten.
     *
     * @param finalScWeight the option {@code final-sc-weight}: the weight, or -1 for that of the hybrid stage
     * @throws InvalidOptionException if the weight is not above 0
     */
    static StepPlan afterHybrid(HybridWeights weights, double finalScWeight) {
        if (finalScWeight == UNCHANGED) {
            if (weights.sc() == 0) {
                throw new InvalidOptionException(
                        "final-sc-weight",
                        finalScWeight + " keeps the sc-weight of the hybrid stage, which is 0 and leaves nothing to "
                                + "learn afterwards. Give a weight above 0");
            }
            return spanCorruption(weights.sc());
        }
        if (!(finalScWeight > 0 && Double.isFinite(finalScWeight))) {
            throw new InvalidOptionException(
                    "final-sc-weight", finalScWeight + " is neither above 0 nor -1, which keeps sc-weight");
        }
        return spanCorruption(finalScWeight);
    }

    /** The losses that at least one of some plans weighs, in the order in which they name them. */
    static List<String> losses(StepPlan... plans) {
        return Stream.of(plans)
                .flatMap(plan -> plan.weights().keySet().stream()
                        .filter(loss -> plan.active().contains(loss)))
                .distinct()
                .toList();
    }

    /** The number of steps in a share of a run, to the nearest step, from a half to the even one. */
    static long steps(double fraction, long totalSteps) {
        // Rounding down or up would be at the mercy of the last bit: 0.07 · 100 is a little above 7 in floating point.
        return (long) Math.rint(fraction * totalSteps);
    }
}
