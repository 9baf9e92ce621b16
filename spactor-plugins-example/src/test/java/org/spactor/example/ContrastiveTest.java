package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.ObjectiveContract;

class ContrastiveTest extends ObjectiveContract {
    static Objective contrastive(Vocabulary vocabulary) {
        return new Contrastive().create(new Contrastive.Options(0.5), ComponentContext.of(vocabulary));
    }

    @Override
    protected Objective objective(Vocabulary vocabulary) {
        return contrastive(vocabulary);
    }

    @Test
    void itSaysThatItComparesExamples() {
        assertThat(contrastive(vocabulary()).comparesExamples()).isTrue();
    }
}
