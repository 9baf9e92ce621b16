package org.spactor.objectives.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.DeclaredDefaults;

class SpactorObjectiveTest {
    private static final SpactorObjectiveProvider PROVIDER = new SpactorObjectiveProvider();
    private final Objective objective =
            PROVIDER.create(DeclaredDefaults.of(PROVIDER), ComponentContext.of(Vocabulary.sample(8_000)));

    @Test
    void itHasThreeLossesOfWhichSpanCorruptionAloneIsValidated() {
        assertThat(objective.losses()).containsExactly("sc", "mlm", "rtd");
        assertThat(objective.validationLosses()).containsExactly("sc");
        assertThat(objective.comparesExamples()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sc, encoder decoder",
        "mlm, generator",
        "rtd, encoder generator",
        "sc mlm, encoder decoder generator",
        "sc rtd, encoder decoder generator",
        "mlm rtd, encoder generator",
        "sc mlm rtd, encoder decoder generator"
    })
    void itNeedsThePartsOfTheActiveLossesAndNoOthers(String active, String parts) {
        Set<Class<? extends Part>> needed =
                Stream.of(parts.split(" ")).map(SpactorObjectiveTest::part).collect(Collectors.toSet());

        assertThat(objective.needs(Set.of(active.split(" ")))).isEqualTo(needed);
    }

    private static Class<? extends Part> part(String name) {
        return switch (name) {
            case "encoder" -> Encoder.class;
            case "decoder" -> Decoder.class;
            case "generator" -> TokenGenerator.class;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
