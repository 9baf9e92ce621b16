package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.testkit.CurriculumContract;

class CosineHandOverTest extends CurriculumContract {
    @Override
    protected Curriculum curriculum() {
        return new CosineHandOver(Map.of("mlm", 1.0, "rtd", 10.0, "sc", 10.0), Map.of("sc", 10.0), 0.24);
    }

    @Override
    protected Set<String> losses() {
        return Set.of("mlm", "rtd", "sc");
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
            StepPlan plan = curriculum().at(new Progress(step, 100, List.of()));
            assertThat(plan.weights().get("sc")).isCloseTo(10, within(1e-12));
        }
    }

    @Test
    void afterTheHandOverOnlyTheLaterLossesAreLeft() {
        assertThat(curriculum().at(new Progress(23, 100, List.of())).active()).containsExactly("mlm", "rtd", "sc");
        assertThat(curriculum().at(new Progress(24, 100, List.of())).active()).containsExactly("sc");
    }
}
