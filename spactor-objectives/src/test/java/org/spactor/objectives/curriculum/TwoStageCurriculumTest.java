package org.spactor.objectives.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.objectives.DeclaredDefaults;

class TwoStageCurriculumTest {
    private static final TwoStageCurriculumProvider PROVIDER = new TwoStageCurriculumProvider();

    @Test
    void byDefaultTheFirstTwelveHundredthsAreHybrid() {
        Curriculum curriculum = PROVIDER.create(DeclaredDefaults.of(PROVIDER), Runs.CONTEXT);

        StepPlan hybrid = new StepPlan("hybrid", Map.of("mlm", 1.0, "rtd", 10.0, "sc", 10.0));
        StepPlan spanCorruption = new StepPlan("span-corruption", Map.of("sc", 10.0));
        List<StepPlan> plans = Runs.plans(curriculum, 1000);
        assertThat(plans.subList(0, 120)).containsOnly(hybrid);
        assertThat(plans.subList(120, 1000)).containsOnly(spanCorruption);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 99, 100, 101, 1000, 1499})
    void theSwitchIsAtTheNearestStepToTheFraction(int totalSteps) {
        for (int percent = 0; percent <= 100; percent++) {
            int hybridSteps = Runs.hybridSteps(Runs.plans(atFraction(percent / 100.0), totalSteps));

            assertThat(Math.abs(100L * hybridSteps - (long) percent * totalSteps))
                    .as("%d %% of %d steps", percent, totalSteps)
                    .isLessThanOrEqualTo(50);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void fractionZeroIsSpanCorruptionThroughoutAndFractionOneHybrid(int totalSteps) {
        assertThat(Runs.hybridSteps(Runs.plans(atFraction(0), totalSteps))).isZero();
        assertThat(Runs.hybridSteps(Runs.plans(atFraction(1), totalSteps))).isEqualTo(totalSteps);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 500})
    void theHybridStageIsNeverEnteredAgain(int totalSteps) {
        for (int percent = 0; percent <= 100; percent += 5) {
            List<StepPlan> plans = Runs.plans(atFraction(percent / 100.0), totalSteps);

            assertThat(plans.subList(Runs.hybridSteps(plans), totalSteps))
                    .allSatisfy(plan -> assertThat(plan.stage()).isEqualTo("span-corruption"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "333, 333", "1000, 1000", "5000, 1000"})
    void aStepOverridesTheFraction(long switchStep, int hybridSteps) {
        Curriculum curriculum = PROVIDER.create(new TwoStageOptions(0.12, switchStep, 1, 10, 10, -1), Runs.CONTEXT);

        assertThat(Runs.hybridSteps(Runs.plans(curriculum, 1000))).isEqualTo(hybridSteps);
    }

    @Test
    void millionsOfStepsSwitchWhereThePaperDoes() {
        Curriculum curriculum = PROVIDER.create(DeclaredDefaults.of(PROVIDER), Runs.CONTEXT);

        assertThat(Runs.at(curriculum, 119_999, 1_000_000).stage()).isEqualTo("hybrid");
        assertThat(Runs.at(curriculum, 120_000, 1_000_000).stage()).isEqualTo("span-corruption");
    }

    @Test
    void theLossKeepsItsWeightUnlessToldOtherwise() {
        Curriculum same = PROVIDER.create(new TwoStageOptions(0.5, -1, 1, 50, 7, -1), Runs.CONTEXT);
        Curriculum other = PROVIDER.create(new TwoStageOptions(0.5, -1, 1, 50, 7, 0.5), Runs.CONTEXT);

        assertThat(Runs.at(same, 9, 10).weights()).isEqualTo(Map.of("sc", 7.0));
        assertThat(Runs.at(other, 9, 10).weights()).isEqualTo(Map.of("sc", 0.5));
    }

    @Test
    void aLossOfWeightZeroIsNotActive() {
        Curriculum curriculum = PROVIDER.create(new TwoStageOptions(0.5, -1, 1, 50, 0, 1), Runs.CONTEXT);

        assertThat(Runs.at(curriculum, 0, 10).active()).containsExactly("mlm", "rtd");
        assertThat(Runs.at(curriculum, 9, 10).active()).containsExactly("sc");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1, 'mlm, rtd, sc'",
        "0, 1, 1, 1, 'rtd, sc'",
        "1, 0, 0, 1, 'mlm, sc'",
        "0, 0, 1, -1, sc",
    })
    void theLossesAreThoseWithAWeightInAnyStage(double mlm, double rtd, double sc, double finalSc, String losses) {
        Curriculum curriculum = PROVIDER.create(new TwoStageOptions(0.5, -1, mlm, rtd, sc, finalSc), Runs.CONTEXT);

        assertThat(curriculum.losses()).containsExactly(losses.split(", "));
        assertThat(curriculum.optionalLosses()).isEmpty();
        assertThat(curriculum.watches()).isEmpty();
    }

    @Test
    void theSameProgressGivesTheSamePlan() {
        Curriculum one = PROVIDER.create(DeclaredDefaults.of(PROVIDER), Runs.CONTEXT);
        Curriculum other = PROVIDER.create(DeclaredDefaults.of(PROVIDER), Runs.CONTEXT);
        List<StepPlan> plans = Runs.plans(one, 500);

        for (int step = 499; step >= 0; step--) {
            assertThat(Runs.at(one, step, 500)).isEqualTo(plans.get(step));
            assertThat(Runs.at(other, step, 500)).isEqualTo(plans.get(step));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 1, sc-weight",
        "1, 1, 0, -1, final-sc-weight",
        "1, 1, 1, 0, final-sc-weight",
        "1, 1, 1, -0.5, final-sc-weight",
        "-1, 1, 1, 1, mlm-weight",
        "1, NaN, 1, 1, rtd-weight",
        "1, 1, Infinity, 1, sc-weight"
    })
    void weightsThatLeaveNothingToLearnAreRefused(double mlm, double rtd, double sc, double finalSc, String option) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> PROVIDER.create(new TwoStageOptions(0.12, -1, mlm, rtd, sc, finalSc), Runs.CONTEXT))
                .satisfies(e -> assertThat(e.option()).isEqualTo(option));
    }

    @Test
    void anImpossibleSwitchIsRefused() {
        StepPlan plan = Stages.spanCorruption(1);
        for (double fraction : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TwoStageCurriculum.switchingAtFraction(fraction, plan, plan));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TwoStageCurriculum.switchingAtStep(-1, plan, plan));
    }

    private static Curriculum atFraction(double fraction) {
        return PROVIDER.create(new TwoStageOptions(fraction, -1, 1, 10, 10, -1), Runs.CONTEXT);
    }
}
