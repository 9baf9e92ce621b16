package org.spactor.objectives.curriculum;

import java.util.List;
import java.util.Objects;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;

/**
 * The hybrid objective, fading into span corruption: at step t of T the weights of masked language modelling and
 * replaced token detection are those of the first step times 1 − t/T, so that they reach 0 where the run ends. That of
 * span corruption is constant. Every step belongs to the stage {@link Stages#HYBRID} and costs what a hybrid step
 * costs.
 */
public final class DecayCurriculum implements Curriculum {
    private final HybridWeights weights;

    /** A curriculum that starts with these weights. */
    public DecayCurriculum(HybridWeights weights) {
        this.weights = Objects.requireNonNull(weights, "weights");
    }

    @Override
    public List<String> losses() {
        return Stages.losses(Stages.hybrid(weights));
    }

    @Override
    public StepPlan at(Progress progress) {
        return Stages.hybrid(weights.fade(Math.max(0, 1 - progress.fraction())));
    }
}
