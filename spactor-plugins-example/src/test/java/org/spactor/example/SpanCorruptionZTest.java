package org.spactor.example;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.ObjectiveContract;

class SpanCorruptionZTest extends ObjectiveContract {
    @Override
    protected Objective objective(Vocabulary vocabulary) {
        return new SpanCorruptionZ().create(new SpanCorruptionZ.Options(), ComponentContext.of(vocabulary));
    }
}
