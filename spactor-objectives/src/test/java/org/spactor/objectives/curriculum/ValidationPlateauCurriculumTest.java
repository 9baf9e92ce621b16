package org.spactor.objectives.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.Progress.Validation;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.random.CounterRandom;
import org.spactor.objectives.DeclaredDefaults;

class ValidationPlateauCurriculumTest {
    private static final ValidationPlateauCurriculumProvider PROVIDER = new ValidationPlateauCurriculumProvider();
    private static final Curriculum DEFAULT = PROVIDER.create(DeclaredDefaults.of(PROVIDER), Runs.CONTEXT);

    @Test
    void withoutValidationsTheRunIsHybridUpToTheMaximumFraction() {
        List<StepPlan> plans = Runs.plans(DEFAULT, 1000);

        assertThat(plans.subList(0, 500))
                .containsOnly(new StepPlan("hybrid", Map.of("mlm", 1.0, "rtd", 10.0, "sc", 10.0)));
        assertThat(plans.subList(500, 1000)).containsOnly(new StepPlan("span-corruption", Map.of("sc", 10.0)));
    }

    @Test
    void aLossThatKeepsFallingStaysHybrid() {
        assertThat(stage(DEFAULT, Runs.validations("sc", 9, 8, 7, 6, 5, 4, 3, 2, 1)))
                .isEqualTo("hybrid");
    }

    @Test
    void theStageEndsWithThePatience() {
        assertThat(stage(DEFAULT, Runs.validations("sc", 5))).isEqualTo("hybrid");
        assertThat(stage(DEFAULT, Runs.validations("sc", 5, 5))).isEqualTo("hybrid");
        assertThat(stage(DEFAULT, Runs.validations("sc", 5, 5, 5))).isEqualTo("hybrid");
        assertThat(stage(DEFAULT, Runs.validations("sc", 5, 5, 5, 5))).isEqualTo("span-corruption");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10})
    void anImprovementInTimeStartsThePatienceAnew(int patience) {
        Curriculum curriculum = plateau(patience, 0.5, 1);
        List<Validation> validations = new ArrayList<>();
        double loss = 100;
        for (int improvement = 0; improvement < 20; improvement++) {
            loss -= 1;
            for (int i = 0; i < patience; i++) {
                validations.add(new Validation(validations.size(), Map.of("sc", loss)));
                assertThat(stage(curriculum, validations)).isEqualTo("hybrid");
            }
        }
        validations.add(new Validation(validations.size(), Map.of("sc", loss)));
        assertThat(stage(curriculum, validations)).isEqualTo("span-corruption");
    }

    @Test
    void aFallSmallerThanTheMinimumIsNoImprovement() {
        assertThat(stage(plateau(2, 0.5, 1), Runs.validations("sc", 5, 4.75, 4.75)))
                .isEqualTo("span-corruption");
        assertThat(stage(plateau(2, 0.5, 1), Runs.validations("sc", 5, 4.5, 4.0)))
                .isEqualTo("hybrid");
    }

    @Test
    void smallFallsAddUp() {
        assertThat(stage(plateau(2, 0.5, 1), Runs.validations("sc", 5, 4.75, 4.5, 4.25, 4.0)))
                .isEqualTo("hybrid");
    }

    @Test
    void withMinimumZeroEveryFallIsAnImprovementAndAStandstillIsNot() {
        assertThat(stage(plateau(1, 0, 1), Runs.validations("sc", 5, 4.999999, 4.999998)))
                .isEqualTo("hybrid");
        assertThat(stage(plateau(1, 0, 1), Runs.validations("sc", 5, 5))).isEqualTo("span-corruption");
    }

    @Test
    void aLossThatIsNotANumberIsNoImprovement() {
        assertThat(stage(plateau(2, 0.01, 1), Runs.validations("sc", Double.NaN, 5, 4)))
                .isEqualTo("hybrid");
        assertThat(stage(plateau(2, 0.01, 1), Runs.validations("sc", 5, Double.NaN, Double.NaN)))
                .isEqualTo("span-corruption");
    }

    @Test
    void onceLeftTheHybridStageIsNeverEnteredAgain() {
        for (int seed = 0; seed < 300; seed++) {
            CounterRandom random = CounterRandom.of(seed, "test");
            Curriculum curriculum = plateau(1 + random.nextInt(5), 0.1 * random.nextInt(4), 1);
            List<Validation> validations = new ArrayList<>();
            boolean left = false;
            for (int i = 0; i < 60; i++) {
                double loss = 8 - 0.1 * i + random.nextGaussian();
                validations.add(new Validation(i, Map.of("sc", loss)));
                boolean spanCorruption = stage(curriculum, validations).equals("span-corruption");

                assertThat(spanCorruption || !left)
                        .as("seed %d, validation %d", seed, i)
                        .isTrue();
                left = spanCorruption;
            }
        }
    }

    @Test
    void theSameHistoryGivesTheSamePlanWhateverWasAskedBefore() {
        List<Validation> falling = Runs.validations("sc", 9, 8, 7);
        List<Validation> standing = Runs.validations("sc", 9, 9, 9, 9, 9);

        assertThat(stage(DEFAULT, falling)).isEqualTo("hybrid");
        assertThat(stage(DEFAULT, standing)).isEqualTo("span-corruption");
        assertThat(stage(DEFAULT, falling)).isEqualTo("hybrid");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "1, 1, 1", "0, 100, 0", "1, 100, 100", "0.12, 1000, 120", "0.07, 100, 7"})
    void theMaximumFractionEndsTheStageInAnyCase(double fraction, int totalSteps, int hybridSteps) {
        assertThat(Runs.hybridSteps(Runs.plans(plateau(3, 0.01, fraction), totalSteps)))
                .isEqualTo(hybridSteps);
    }

    @Test
    void anotherLossCanBeWatched() {
        Curriculum curriculum =
                PROVIDER.create(new ValidationPlateauOptions("rtd", 1, 0.01, 1, 1, 10, 10, -1), Runs.CONTEXT);
        List<Validation> validations = List.of(
                new Validation(0, Map.of("sc", 5.0, "rtd", 0.5)), new Validation(1, Map.of("sc", 4.0, "rtd", 0.6)));

        assertThat(stage(curriculum, validations)).isEqualTo("span-corruption");
    }

    @Test
    void theLossesAreThoseWithAWeightInAnyStageAndTheOneWatchedIsNamed() {
        assertThat(DEFAULT.losses()).containsExactly("mlm", "rtd", "sc");
        assertThat(DEFAULT.watches()).containsExactly("sc");
        Curriculum curriculum =
                PROVIDER.create(new ValidationPlateauOptions("hybrid.mlm", 1, 0.01, 1, 1, 0, 0, 5), Runs.CONTEXT);
        assertThat(curriculum.losses()).containsExactly("mlm", "sc");
        assertThat(curriculum.watches()).containsExactly("hybrid.mlm");
    }

    @Test
    void aLossThatIsNoLongerValidatedInTheSecondStageIsNotMissed() {
        Curriculum curriculum =
                PROVIDER.create(new ValidationPlateauOptions("hybrid.rtd", 1, 0.01, 1, 1, 10, 10, -1), Runs.CONTEXT);
        List<Validation> validations = new ArrayList<>(Runs.validations("hybrid.rtd", 0.5, 0.5));
        validations.addAll(Runs.validations("sc", 5, 4));

        assertThat(stage(curriculum, validations)).isEqualTo("span-corruption");
    }

    @Test
    void validationsWithoutTheLossCountNeitherAsImprovementNorAsPatience() {
        Curriculum curriculum =
                PROVIDER.create(new ValidationPlateauOptions("hybrid.rtd", 2, 0.01, 1, 1, 10, 10, -1), Runs.CONTEXT);
        List<Validation> validations = new ArrayList<>(Runs.validations("hybrid.rtd", 0.5, 0.5));
        validations.addAll(Runs.validations("sc", 5, 5, 5, 5));

        assertThat(stage(curriculum, validations)).isEqualTo("hybrid");

        validations.addAll(Runs.validations("hybrid.rtd", 0.5));
        assertThat(stage(curriculum, validations)).isEqualTo("span-corruption");
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> plateau(0, 0.01, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> plateau(3, -0.01, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> plateau(3, 0.01, 1.01));
    }

    private static Curriculum plateau(int patience, double minimumImprovement, double maximumFraction) {
        return PROVIDER.create(
                new ValidationPlateauOptions("sc", patience, minimumImprovement, maximumFraction, 1, 10, 10, -1),
                Runs.CONTEXT);
    }

    /** The stage early in a long run with these validations. */
    private static String stage(Curriculum curriculum, List<Validation> validations) {
        return curriculum.at(new Progress(100, 1_000_000, validations)).stage();
    }
}
