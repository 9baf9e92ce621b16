package org.spactor.example;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.ObjectiveContract;

class PrefixLmTest {
    static Objective prefixLm(double share, Vocabulary vocabulary) {
        return new PrefixLm().create(new PrefixLm.Options(share), ComponentContext.of(vocabulary));
    }

    private abstract static class OfAShare extends ObjectiveContract {
        abstract double share();

        @Override
        protected final Objective objective(Vocabulary vocabulary) {
            return prefixLm(share(), vocabulary);
        }

        @Override
        protected final List<Corruptor> corruptors(Vocabulary vocabulary) {
            return List.of();
        }
    }

    @Nested
    class OfHalf extends OfAShare {
        @Override
        double share() {
            return 0.5;
        }
    }

    /** Plain language modelling. */
    @Nested
    class OfNothing extends OfAShare {
        @Override
        double share() {
            return 0;
        }
    }
}
