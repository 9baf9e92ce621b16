package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.example.CosineHandOverProvider.Options;
import org.spactor.testkit.CurriculumContract;

class CosineHandOverTest {
    private static final CosineHandOver HYBRID =
            new CosineHandOver(Map.of("mlm", 1.0, "rtd", 10.0, "sc", 10.0), Map.of("sc", 10.0), 0.24);

    static Curriculum withDefaults(CurriculumContext context) {
        Options defaults = new Options(List.of(), List.of(), List.of(), List.of(), 0.24);
        return new CosineHandOverProvider().create(defaults, context);
    }

    /** For the objective {@code spactor}. */
    @Nested
    class AtItsDefaults extends CurriculumContract {
        @Override
        protected Curriculum curriculum(CurriculumContext context) {
            return withDefaults(context);
        }

        @Override
        protected List<String> losses() {
            return List.of("sc", "mlm", "rtd");
        }

        @Override
        protected List<String> validationLosses() {
            return List.of("sc");
        }
    }

    @Nested
    class WithWeights extends CurriculumContract {
        @Override
        protected Curriculum curriculum(CurriculumContext context) {
            return HYBRID;
        }

        @Override
        protected List<String> losses() {
            return List.of("sc", "mlm", "rtd");
        }
    }

    @Test
    void itsDefaultsHandOverFromAllLossesOfTheObjectiveToTheFirst() {
        CurriculumContext context = CurriculumContext.of(Vocabulary.sample(3), List.of("sc", "mlm", "rtd"));
        Curriculum curriculum = withDefaults(context);
        assertThat(curriculum.losses()).containsExactly("sc", "mlm", "rtd");
        assertThat(curriculum.at(new Progress(0, 100, List.of())).active()).containsExactly("mlm", "rtd", "sc");
        assertThat(curriculum.at(new Progress(24, 100, List.of())).weights()).isEqualTo(Map.of("sc", 1.0));
    }

    @Test
    void weightsThatAreNotOneForEachLossAreRefused() {
        Options options = new Options(List.of("sc"), List.of(1.0, 2.0), List.of(), List.of(), 0.24);
        CurriculumContext context = CurriculumContext.of(Vocabulary.sample(3), List.of("sc"));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new CosineHandOverProvider().create(options, context))
                .withMessageContaining("[1.0, 2.0] is not one for each of the losses [sc]")
                .satisfies(refusal -> assertThat(refusal.option()).isEqualTo("from-weights"));
    }

    @Test
    void inTheMiddleEachSideHasHalfOfItsWeight() {
        Curriculum curriculum = new CosineHandOver(Map.of("a", 4.0), Map.of("b", 2.0), 0.5);
        // 101 steps of a hand-over, of which number 50 is the one in the middle
        StepPlan middle = curriculum.at(new Progress(50, 202, List.of()));
        assertThat(middle.weights().get("a")).isCloseTo(2, within(1e-12));
        assertThat(middle.weights().get("b")).isCloseTo(1, within(1e-12));
    }

    @Test
    void aLossOnBothSidesKeepsItsWeight() {
        for (long step = 0; step < 100; step++) {
            StepPlan plan = HYBRID.at(new Progress(step, 100, List.of()));
            assertThat(plan.weights().get("sc")).isCloseTo(10, within(1e-12));
        }
    }

    @Test
    void afterTheHandOverOnlyTheLaterLossesAreLeft() {
        assertThat(HYBRID.at(new Progress(23, 100, List.of())).active()).containsExactly("mlm", "rtd", "sc");
        assertThat(HYBRID.at(new Progress(24, 100, List.of())).active()).containsExactly("sc");
    }
}
