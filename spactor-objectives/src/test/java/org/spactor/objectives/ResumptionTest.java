package org.spactor.objectives;

import java.util.List;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.corruption.SpanMask;
import org.spactor.objectives.corruption.TokenMaskCorruptor;
import org.spactor.objectives.curriculum.TwoStageCurriculumProvider;
import org.spactor.objectives.objective.SpactorObjectiveProvider;
import org.spactor.testkit.ResumptionContract;

/** The default run, as far as this module makes it. */
class ResumptionTest extends ResumptionContract {
    @Override
    protected List<Corruptor> corruptors(Vocabulary vocabulary) {
        return List.of(
                new SentinelCorruptor(new SpanMask(0.15, 3), vocabulary),
                new TokenMaskCorruptor(0.15, vocabulary.firstUnused(), vocabulary));
    }

    @Override
    protected Objective objective(Vocabulary vocabulary) {
        SpactorObjectiveProvider provider = new SpactorObjectiveProvider();
        return provider.create(DeclaredDefaults.of(provider), ComponentContext.of(vocabulary));
    }

    @Override
    protected Curriculum curriculum(CurriculumContext context) {
        TwoStageCurriculumProvider provider = new TwoStageCurriculumProvider();
        return provider.create(DeclaredDefaults.of(provider), context);
    }
}
