package org.spactor.models.t5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The published sizes have the published numbers of parameters. */
class T5PresetTest {
    @ParameterizedTest
    @CsvSource({
        "T5_1_1_SMALL, 76961152",
        "T5_1_1_BASE, 247577856",
        "T5_1_1_LARGE, 783150080",
        "T5_SMALL, 60506624",
        "T5_BASE, 222903552",
        "T5_LARGE, 737668096"
    })
    void numberOfParameters(T5Preset preset, long expected) {
        T5 t5 = new T5(preset.dimensions(), Declarations.VOCABULARY.size());

        assertThat(Declarations.elements(Declarations.encoderDecoder(t5))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void version11HasAnOutputProjectionOfItsOwnAndVersion10HasNot(T5Preset preset) {
        T5Dimensions dimensions = preset.dimensions();

        Map<String, List<Long>> shapes =
                Declarations.encoderDecoder(new T5(dimensions, Declarations.VOCABULARY.size()));

        List<Long> table = List.of((long) Declarations.VOCABULARY.size(), (long) dimensions.dModel());
        assertThat(shapes).containsEntry("shared.weight", table);
        if (preset.toString().startsWith("t5-1.1")) {
            assertThat(shapes).containsEntry("lm_head.weight", table);
        } else {
            assertThat(shapes).doesNotContainKey("lm_head.weight");
        }
    }

    @ParameterizedTest
    @EnumSource
    void encoderAndDecoderKnowNothingOfAGenerator(T5Preset preset) {
        T5 t5 = new T5(preset.dimensions(), Declarations.VOCABULARY.size());

        assertThat(Declarations.encoderDecoder(t5).keySet()).noneMatch(name -> name.startsWith("generator."));
    }
}
