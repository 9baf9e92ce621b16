package org.spactor.objectives.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.objectives.DeclaredDefaults;
import org.spactor.objectives.NoOptions;

class UniformCurriculaTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void spanCorruptionIsTheSameInEveryStep(int totalSteps) {
        Curriculum curriculum = new SpanCorruptionCurriculumProvider().create(new NoOptions(), Runs.CONTEXT);

        assertThat(Runs.plans(curriculum, totalSteps)).containsOnly(new StepPlan("span-corruption", Map.of("sc", 1.0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void hybridIsTheSameInEveryStep(int totalSteps) {
        HybridCurriculumProvider provider = new HybridCurriculumProvider();
        Curriculum curriculum = provider.create(DeclaredDefaults.of(provider), Runs.CONTEXT);

        assertThat(Runs.plans(curriculum, totalSteps))
                .containsOnly(new StepPlan("hybrid", Map.of("mlm", 1.0, "rtd", 10.0, "sc", 10.0)));
    }

    @Test
    void theLossesAreThoseWithAWeight() {
        assertThat(new SpanCorruptionCurriculumProvider()
                        .create(new NoOptions(), Runs.CONTEXT)
                        .losses())
                .containsExactly("sc");
        assertThat(new HybridCurriculumProvider()
                        .create(new HybridOptions(1, 0, 10), Runs.CONTEXT)
                        .losses())
                .containsExactly("mlm", "sc");
    }

    @Test
    void hybridWithoutAnyWeightIsRefused() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new HybridCurriculumProvider().create(new HybridOptions(0, 0, 0), Runs.CONTEXT))
                .withMessageContaining("nothing to learn");
    }
}
