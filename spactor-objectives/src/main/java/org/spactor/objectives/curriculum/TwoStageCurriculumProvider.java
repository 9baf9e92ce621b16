package org.spactor.objectives.curriculum;

import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;
import org.spactor.api.curriculum.StepPlan;

/** Makes the curriculum {@code two-stage}, SpacTor-T5's: {@link TwoStageCurriculum} from hybrid to span corruption. */
public final class TwoStageCurriculumProvider implements CurriculumProvider<TwoStageOptions> {
    @Override
    public String name() {
        return "two-stage";
    }

    @Override
    public String summary() {
        return "The hybrid objective for the first part of the run, then span corruption alone";
    }

    @Override
    public String source() {
        return "SpacTor-T5 (Ye et al., 2024), abstract";
    }

    @Override
    public Class<TwoStageOptions> optionsType() {
        return TwoStageOptions.class;
    }

    @Override
    public Curriculum create(TwoStageOptions options, CurriculumContext context) {
        HybridWeights weights = options.weights();
        StepPlan before = Stages.hybrid(weights);
        StepPlan after = Stages.afterHybrid(weights, options.finalScWeight());
        return options.switchStep() < 0
                ? TwoStageCurriculum.switchingAtFraction(options.switchFraction(), before, after)
                : TwoStageCurriculum.switchingAtStep(options.switchStep(), before, after);
    }
}
