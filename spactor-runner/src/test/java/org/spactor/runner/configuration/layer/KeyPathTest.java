package org.spactor.runner.configuration.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.runner.configuration.layer.KeyPath.Step;

class KeyPathTest {
    @Test
    void namesAndIndicesAreSteps() {
        assertThat(KeyPath.parse("steps").steps()).containsExactly(new Step("steps", false));
        assertThat(KeyPath.parse("corruptors[01].options.noise-density").steps())
                .containsExactly(
                        new Step("corruptors", false),
                        new Step("1", true),
                        new Step("options", false),
                        new Step("noise-density", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "[0]", "a[]", "a[x]", "a[-1]", "a[0", "a b", "a[0]b"})
    void whatIsNotAKeyIsRefused(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyPath.parse(key))
                .withMessageContaining("'" + key + "'");
    }
}
