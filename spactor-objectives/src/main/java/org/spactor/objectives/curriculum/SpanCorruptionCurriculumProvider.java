package org.spactor.objectives.curriculum;

import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;
import org.spactor.objectives.NoOptions;

/** Makes the curriculum {@code span-corruption}: that loss alone, with weight 1, in every step. */
public final class SpanCorruptionCurriculumProvider implements CurriculumProvider<NoOptions> {
    @Override
    public String name() {
        return "span-corruption";
    }

    @Override
    public String summary() {
        return "Span corruption alone in every step";
    }

    @Override
    public String source() {
        return "T5 (Raffel et al., 2020), section 3.1.4";
    }

    @Override
    public Class<NoOptions> optionsType() {
        return NoOptions.class;
    }

    @Override
    public Curriculum create(NoOptions options, CurriculumContext context) {
        return new WeightedCurriculum(Stages.spanCorruption(1));
    }
}
