package org.spactor.objectives.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.objectives.DeclaredDefaults;

class DecayCurriculumTest {
    private static final DecayCurriculumProvider PROVIDER = new DecayCurriculumProvider();
    private final Curriculum curriculum = PROVIDER.create(DeclaredDefaults.of(PROVIDER), Runs.CONTEXT);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 1000})
    void theFirstStepHasFullWeights(int totalSteps) {
        assertThat(Runs.at(curriculum, 0, totalSteps))
                .isEqualTo(new StepPlan("hybrid", Map.of("mlm", 1.0, "rtd", 10.0, "sc", 10.0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 1000})
    void theWeightsOfTheHybridObjectiveFallByTheSameAmountInEveryStep(int totalSteps) {
        List<StepPlan> plans = Runs.plans(curriculum, totalSteps);
        for (int step = 0; step < totalSteps; step++) {
            double left = (double) (totalSteps - step) / totalSteps;

            assertThat(plans.get(step).stage()).isEqualTo("hybrid");
            assertThat(plans.get(step).weights().get("mlm")).isCloseTo(left, within(1e-12));
            assertThat(plans.get(step).weights().get("rtd")).isCloseTo(10 * left, within(1e-12));
            assertThat(plans.get(step).weights().get("sc")).isEqualTo(10);
        }
    }

    @Test
    void allLossesAreActiveToTheLastStep() {
        assertThat(Runs.at(curriculum, 999_999, 1_000_000).active()).containsExactly("mlm", "rtd", "sc");
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11, 1000})
    void whereTheRunIsOverOnlySpanCorruptionIsLeft(long step) {
        assertThat(Runs.at(curriculum, step, 10).active()).containsExactly("sc");
    }

    @Test
    void theLossesAreThoseWithAWeightAtTheBeginning() {
        assertThat(curriculum.losses()).containsExactly("mlm", "rtd", "sc");
        assertThat(PROVIDER.create(new DecayOptions(0, 10, 1), Runs.CONTEXT).losses())
                .containsExactly("rtd", "sc");
    }

    @Test
    void aLossThatWouldVanishIsRefused() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> PROVIDER.create(new DecayOptions(1, 10, 0), Runs.CONTEXT))
                .satisfies(e -> assertThat(e.option()).isEqualTo("sc-weight"));
    }
}
