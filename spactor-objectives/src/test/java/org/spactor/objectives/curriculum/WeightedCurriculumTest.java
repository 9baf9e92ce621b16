package org.spactor.objectives.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.DeclaredDefaults;

class WeightedCurriculumTest {
    private static final WeightedCurriculumProvider PROVIDER = new WeightedCurriculumProvider();
    private static final CurriculumContext CONTEXT =
            CurriculumContext.of(Vocabulary.sample(3), List.of("z-loss", "sc", "contrast"));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void byDefaultEveryLossOfTheObjectiveHasWeightOneInEveryStep(int totalSteps) {
        Curriculum curriculum = PROVIDER.create(DeclaredDefaults.of(PROVIDER), CONTEXT);

        assertThat(Runs.plans(curriculum, totalSteps))
                .containsOnly(new StepPlan("weighted", Map.of("z-loss", 1.0, "sc", 1.0, "contrast", 1.0)));
        assertThat(curriculum.losses()).containsExactly("z-loss", "sc", "contrast");
        assertThat(curriculum.optionalLosses()).isEmpty();
        assertThat(curriculum.watches()).isEmpty();
    }

    @Test
    void theLossesThatAreListedHaveTheirWeightsAndNoOthersAny() {
        Curriculum curriculum = weighted(new WeightedLoss("sc", 2.5), new WeightedLoss("z-loss", 0.001));

        assertThat(Runs.plans(curriculum, 10))
                .containsOnly(new StepPlan("weighted", Map.of("sc", 2.5, "z-loss", 0.001)));
        assertThat(curriculum.losses()).containsExactly("sc", "z-loss");
    }

    @Test
    void aLossOfWeightZeroIsNotLearnt() {
        Curriculum curriculum = weighted(new WeightedLoss("sc", 1), new WeightedLoss("z-loss", 0));

        assertThat(curriculum.losses()).containsExactly("sc");
        assertThat(Runs.at(curriculum, 0, 10).active()).containsExactly("sc");
    }

    @Test
    void aLossThatTheObjectiveDoesNotHaveIsRefusedWithThoseItHas() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> weighted(new WeightedLoss("sc", 1), new WeightedLoss("mlm", 1)))
                .withMessage("'mlm' is no loss of the objective, which has [z-loss, sc, contrast]")
                .satisfies(e -> assertThat(e.option()).isEqualTo("losses[1].name"));
    }

    @Test
    void aLossThatIsListedTwiceIsRefused() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() ->
                        weighted(new WeightedLoss("sc", 1), new WeightedLoss("z-loss", 1), new WeightedLoss("sc", 0)))
                .withMessageStartingWith("'sc' has a weight already")
                .satisfies(e -> assertThat(e.option()).isEqualTo("losses[2].name"));
    }

    @Test
    void weightsThatLeaveNothingToLearnAreRefused() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> weighted(new WeightedLoss("sc", 0), new WeightedLoss("z-loss", 0)))
                .withMessageContaining("[sc, z-loss]")
                .withMessageContaining("nothing to learn")
                .satisfies(e -> assertThat(e.option()).isEqualTo("losses"));
    }

    private static Curriculum weighted(WeightedLoss... losses) {
        return PROVIDER.create(new WeightedOptions(List.of(losses)), CONTEXT);
    }
}
