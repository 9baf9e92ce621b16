package org.spactor.objectives.curriculum;

import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;

/** Makes the curriculum {@code hybrid}: the hybrid objective in every step. */
public final class HybridCurriculumProvider implements CurriculumProvider<HybridOptions> {
    @Override
    public String name() {
        return "hybrid";
    }

    @Override
    public String summary() {
        return "The hybrid objective in every step, which SpacTor-T5 found worse than leaving it early";
    }

    @Override
    public String source() {
        return "SpacTor-T5 (Ye et al., 2024), abstract";
    }

    @Override
    public Class<HybridOptions> optionsType() {
        return HybridOptions.class;
    }

    @Override
    public Curriculum create(HybridOptions options, CurriculumContext context) {
        return new WeightedCurriculum(Stages.hybrid(options.weights()));
    }
}
