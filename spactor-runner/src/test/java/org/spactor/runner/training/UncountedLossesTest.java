package org.spactor.runner.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UncountedLossesTest {
    private static final Set<String> ACTIVE = Set.of("sc", "z");

    private final List<String> told = new ArrayList<>();
    private final UncountedLosses losses = new UncountedLosses("the objective 'o' [built-in]", 3, new Told());

    @Test
    void aLossThatCountsNothingIsToldWhenItBegins() {
        losses.step(1, "only", ACTIVE, Set.of());
        losses.step(2, "only", ACTIVE, Set.of("z"));
        losses.step(3, "only", ACTIVE, Set.of("z"));
        losses.step(4, "only", ACTIVE, Set.of());
        losses.step(5, "only", ACTIVE, Set.of("z"));

        assertThat(told).containsExactly("2 z", "5 z");
        assertThatCode(losses::end).doesNotThrowAnyException();
    }

    @Test
    void tooManyStepsInARowEndTheRun() {
        for (int step = 1; step <= 3; step++) {
            losses.step(step, "only", ACTIVE, Set.of("z"));
        }
        assertThatThrownBy(() -> losses.step(4, "only", ACTIVE, Set.of("z")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(
                        "the loss 'z' of the objective 'o' [built-in] counted no token in 4 steps in a row");
    }

    @Test
    void aRunInWhichALossNeverCountedIsNoSuccess() {
        losses.step(1, "only", ACTIVE, Set.of("z"));

        assertThatThrownBy(losses::end)
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("nothing was learnt of the losses [z] of the objective 'o' [built-in]");
    }

    private final class Told implements RunListener {
        @Override
        public void uncounted(long step, String stage, String loss) {
            told.add(step + " " + loss);
        }

        @Override
        public void stage(long step, String stage) {}

        @Override
        public void step(StepReport report) {}

        @Override
        public void skipped(long step, String stage, String reason, long skipped) {}

        @Override
        public void validation(long step, Map<String, Double> measures) {}

        @Override
        public void warning(String text) {}

        @Override
        public void checkpoint(long step) {}
    }
}
