package org.spactor.runner.configuration.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KebabCaseTest {
    @ParameterizedTest
    @CsvSource({
        "noiseDensity, noise-density",
        "rate, rate",
        "dModel, d-model",
        "dFf, d-ff",
        "beta1, beta1",
        "beta1Decay, beta1-decay",
    })
    void joinsTheWordsOfAComponent(String component, String key) {
        assertThat(KebabCase.ofComponent(component)).isEqualTo(key);
    }

    enum Activation {
        RELU,
        GATED_GELU
    }

    enum Size {
        T5_1_1_SMALL {
            @Override
            public String toString() {
                return "t5-1.1-small";
            }
        }
    }

    @Test
    void joinsTheWordsOfAConstantUnlessItSaysHowItIsSpelled() {
        assertThat(KebabCase.ofConstant(Activation.RELU)).isEqualTo("relu");
        assertThat(KebabCase.ofConstant(Activation.GATED_GELU)).isEqualTo("gated-gelu");
        assertThat(KebabCase.ofConstant(Size.T5_1_1_SMALL)).isEqualTo("t5-1.1-small");
    }
}
