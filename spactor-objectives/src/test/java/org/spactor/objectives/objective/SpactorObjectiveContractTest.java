package org.spactor.objectives.objective;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.DeclaredDefaults;
import org.spactor.objectives.corruption.SpanMask;
import org.spactor.objectives.corruption.TokenMaskCorruptor;
import org.spactor.testkit.ObjectiveContract;

class SpactorObjectiveContractTest extends ObjectiveContract {
    @Override
    protected Objective objective(Vocabulary vocabulary) {
        SpactorObjectiveProvider provider = new SpactorObjectiveProvider();
        return provider.create(DeclaredDefaults.of(provider), ComponentContext.of(vocabulary));
    }

    @Override
    protected List<Corruptor> corruptors(Vocabulary vocabulary) {
        return List.of(
                new SentinelCorruptor(new SpanMask(0.25, 2), vocabulary),
                new TokenMaskCorruptor(0.3, vocabulary.firstUnused(), vocabulary));
    }

    /** What the generator draws reaches encoder and decoder as tokens, through which no gradient flows. */
    @Override
    protected Map<String, Set<String>> stoppedGradients() {
        return Map.of("rtd", Set.of("generator."), "sc", Set.of("generator."));
    }
}
