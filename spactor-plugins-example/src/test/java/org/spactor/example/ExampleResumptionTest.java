package org.spactor.example;

import java.util.List;
import java.util.Map;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.objective.Objective;
import org.spactor.example.Ul2Options.Extreme;
import org.spactor.example.Ul2Options.ModeToken;
import org.spactor.example.Ul2Options.Regular;
import org.spactor.example.Ul2Options.Sequential;
import org.spactor.testkit.ResumptionContract;

/** All four components of this plugin in one run. */
class ExampleResumptionTest extends ResumptionContract {
    @Override
    protected List<Corruptor> corruptors(Vocabulary vocabulary) {
        Ul2Options options = new Ul2Options(
                new Regular(List.of(3.0), List.of(0.15)),
                new Sequential(0.25),
                new Extreme(List.of(8.0), List.of(0.5)),
                ModeToken.PREPEND);
        return List.of(new Ul2CorruptorProvider().create(options, vocabulary));
    }

    @Override
    protected Objective objective(Vocabulary vocabulary) {
        return new PrefixLm(0.5);
    }

    @Override
    protected Architecture architecture(Vocabulary vocabulary) {
        return RotaryT5Test.small(vocabulary);
    }

    @Override
    protected Curriculum curriculum() {
        return new CosineHandOver(Map.of("lm", 2.0), Map.of("lm", 1.0), 0.5);
    }
}
