package org.spactor.objectives.curriculum;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;

/**
 * One plan until a validation loss stops falling ({@link Plateau}), another from then on. The change comes with the
 * step after the validation that completes the plateau, and at the latest after a given share of the steps.
 */
public final class ValidationPlateauCurriculum implements Curriculum {
    private final Plateau plateau;
    private final double maximumFraction;
    private final StepPlan before;
    private final StepPlan after;

    /**
     * A curriculum with two plans.
     *
     * @param maximumFraction share of the steps, to the nearest step, that have the first plan at most; in [0, 1]
     */
    public ValidationPlateauCurriculum(Plateau plateau, double maximumFraction, StepPlan before, StepPlan after) {
        if (!(maximumFraction >= 0 && maximumFraction <= 1)) {
            throw new IllegalArgumentException("a share of the steps must be within [0, 1], but is " + maximumFraction);
        }
        this.plateau = Objects.requireNonNull(plateau, "plateau");
        this.maximumFraction = maximumFraction;
        this.before = Objects.requireNonNull(before, "before");
        this.after = Objects.requireNonNull(after, "after");
    }

    @Override
    public List<String> losses() {
        return Stages.losses(before, after);
    }

    @Override
    public Set<String> watches() {
        return Set.of(plateau.loss());
    }

    @Override
    public StepPlan at(Progress progress) {
        boolean latest = progress.step() >= Stages.steps(maximumFraction, progress.totalSteps());
        return latest || plateau.reached(progress.validations()) ? after : before;
    }
}
