package org.spactor.objectives;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.api.component.ComponentProvider;
import org.spactor.api.component.Option;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;
import org.spactor.api.objective.ObjectiveProvider;
import org.spactor.api.vocabulary.Vocabulary;

class BuiltInComponentsTest {
    private static final CurriculumContext CONTEXT =
            CurriculumContext.of(Vocabulary.sample(32_000, 100, 32_128), List.of("sc", "mlm", "rtd"));

    @Test
    void corruptorsAreFoundByName() {
        assertThat(names(CorruptorProvider.class)).containsExactlyInAnyOrder("span", "token-mask");
    }

    @Test
    void objectivesAreFoundByName() {
        assertThat(names(ObjectiveProvider.class)).containsExactlyInAnyOrder("span-corruption", "spactor");
    }

    @Test
    void curriculaAreFoundByName() {
        assertThat(names(CurriculumProvider.class))
                .containsExactlyInAnyOrder(
                        "span-corruption", "two-stage", "hybrid", "decay", "validation-plateau", "weighted");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void everyOptionIsDescribedAndHasADefault(ComponentProvider<?, ? super CurriculumContext, ?> provider) {
        for (RecordComponent component : provider.optionsType().getRecordComponents()) {
            Option option = component.getAnnotation(Option.class);
            assertThat(option).as(component.toString()).isNotNull();
            assertThat(option.description()).as(component.toString()).isNotBlank();
            assertThat(option.defaultValue()).as(component.toString()).isNotEqualTo(Option.REQUIRED);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void summaryIsOneSentenceWithoutFullStop(ComponentProvider<?, ? super CurriculumContext, ?> provider) {
        assertThat(provider.summary()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void defaultsMakeAComponent(ComponentProvider<?, ? super CurriculumContext, ?> provider) {
        assertThat(create(provider)).isNotNull();
    }

    /** A curriculum's context will do for every component. */
    private static <O extends Record, C> C create(ComponentProvider<O, ? super CurriculumContext, C> provider) {
        return provider.create(DeclaredDefaults.of(provider), CONTEXT);
    }

    @SuppressWarnings("unchecked")
    private static Stream<ComponentProvider<?, ? super CurriculumContext, ?>> providers() {
        List<ComponentProvider<?, ? super CurriculumContext, ?>> providers = new ArrayList<>();
        ServiceLoader.load(CorruptorProvider.class).forEach(providers::add);
        ServiceLoader.load(ObjectiveProvider.class).forEach(providers::add);
        ServiceLoader.load(CurriculumProvider.class).forEach(providers::add);
        return providers.stream();
    }

    @SuppressWarnings("rawtypes")
    private static <P extends ComponentProvider> List<String> names(Class<P> type) {
        List<String> names = new ArrayList<>();
        ServiceLoader.load(type).forEach(provider -> names.add(provider.name()));
        return names;
    }
}
