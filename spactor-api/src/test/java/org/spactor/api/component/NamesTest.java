package org.spactor.api.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"span", "t5", "token-mask", "t5-11"})
    void kebabCaseIsRecognised(String name) {
        assertThat(Names.isKebabCase(name)).isTrue();
        assertThat(Names.requireKebabCase("loss", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "Span", "token_mask", "-span", "span-", "token--mask", "5t", "token mask", "loss.sc", "a\nb"
            })
    void otherSpellingsAreRefusedWithWhatTheyAreTheNameOf(String name) {
        assertThat(Names.isKebabCase(name)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.requireKebabCase("loss", name))
                .withMessageContaining("the loss ");
    }

    @Test
    void aMessageHasNoLineOfItsOwnForANameThatHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.requireParameter("a\nb"))
                .withMessageStartingWith("the parameter 'a\u2423b' is not named as it has to be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared.weight", "encoder.block.0.layer.0.SelfAttention.q.weight", "w", "a_b-c"})
    void parametersAreNamedAsHuggingFaceNamesThem(String name) {
        assertThatCode(() -> Names.requireParameter(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", ".", "a..b", ".a", "a.", "a b", "a/b", "\u00e4", "a\tb"})
    void otherParametersAreRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Names.requireParameter(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accuracy.mlm", "share.replaced", "accuracy.info-nce", "a.b.c"})
    void metricsHaveTwoParts(String name) {
        assertThatCode(() -> Names.requireMetric(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "step", "kind", "tokens", "loss.sc", "hybrid.loss.sc", "hybrid.x", "a.", "A.b", "a.b\n"})
    void whatWouldBeTakenForSomethingElseIsNoMetric(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Names.requireMetric(name));
    }
}
