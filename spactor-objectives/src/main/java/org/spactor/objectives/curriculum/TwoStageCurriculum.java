package org.spactor.objectives.curriculum;

import java.util.List;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;

/**
 * One plan for the steps 0 … τ − 1, another from step τ on.
 *
 * <p>Source: SpacTor-T5 (Ye et al., 2024), abstract: the hybrid objective for the first τ iterations, then span
 * corruption.
 */
public final class TwoStageCurriculum implements Curriculum {
    /** τ as a function of the length of the run. */
    private final LongUnaryOperator switchStep;

    private final StepPlan before;
    private final StepPlan after;

    private TwoStageCurriculum(LongUnaryOperator switchStep, StepPlan before, StepPlan after) {
        this.switchStep = switchStep;
        this.before = Objects.requireNonNull(before, "before");
        this.after = Objects.requireNonNull(after, "after");
    }

    /**
     * A curriculum whose τ is a share of the steps, to the nearest step.
     *
     * @param fraction in [0, 1]
     */
    public static TwoStageCurriculum switchingAtFraction(double fraction, StepPlan before, StepPlan after) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a share of the steps must be within [0, 1], but is " + fraction);
        }
        return new TwoStageCurriculum(totalSteps -> Stages.steps(fraction, totalSteps), before, after);
    }

    /**
     * A curriculum with a given τ.
     *
     * @param step τ, at least 0
     */
    public static TwoStageCurriculum switchingAtStep(long step, StepPlan before, StepPlan after) {
        if (step < 0) {
            throw new IllegalArgumentException("a number of steps must not be negative, but is " + step);
        }
        return new TwoStageCurriculum(totalSteps -> step, before, after);
    }

    @Override
    public List<String> losses() {
        return Stages.losses(before, after);
    }

    @Override
    public StepPlan at(Progress progress) {
        return progress.step() < switchStep.applyAsLong(progress.totalSteps()) ? before : after;
    }
}
