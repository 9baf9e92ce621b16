package org.spactor.example;

import java.util.List;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.objective.Objective;
import org.spactor.testkit.ObjectiveContract;

class PrefixLmTest extends ObjectiveContract {
    @Override
    protected Objective objective(Vocabulary vocabulary) {
        return new PrefixLm(0.5);
    }

    @Override
    protected List<Corruptor> corruptors(Vocabulary vocabulary) {
        return List.of();
    }

    /** The length of the inputs decides where they are divided. */
    @Override
    protected int padding() {
        return 0;
    }
}
