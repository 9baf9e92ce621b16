package org.spactor.objectives.curriculum;

import java.util.List;
import java.util.Objects;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;

/** The same weights in every step. */
public final class WeightedCurriculum implements Curriculum {
    private final StepPlan plan;

    /** A curriculum with one plan. */
    public WeightedCurriculum(StepPlan plan) {
        this.plan = Objects.requireNonNull(plan, "plan");
    }

    @Override
    public List<String> losses() {
        return Stages.losses(plan);
    }

    @Override
    public StepPlan at(Progress progress) {
        return plan;
    }
}
