package org.spactor.objectives.objective;

import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.ObjectiveContract;

class SpanCorruptionObjectiveContractTest extends ObjectiveContract {
    @Override
    protected Objective objective(Vocabulary vocabulary) {
        return new SpanCorruptionObjective();
    }
}
