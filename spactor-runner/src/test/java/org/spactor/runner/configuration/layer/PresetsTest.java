package org.spactor.runner.configuration.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    @Test
    void theDefaultIsOneOfThem() {
        assertThat(new Presets().names()).contains(Presets.DEFAULT).isSorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachCanBeRead(String name) {
        ConfigurationRequest request = new ConfigurationRequest(Optional.of(name), Optional.empty(), List.of());
        assertThatCode(() -> TestLayers.loader().load(request)).doesNotThrowAnyException();
    }

    @Test
    void aPathIsNotAName() {
        assertThat(new Presets().text("../presets/tiny")).isEmpty();
        assertThat(new Presets().text("")).isEmpty();
    }

    static List<String> names() {
        return new Presets().names();
    }
}
