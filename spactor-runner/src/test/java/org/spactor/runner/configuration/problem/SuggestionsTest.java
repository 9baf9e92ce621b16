package org.spactor.runner.configuration.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    private static final List<String> NAMES = List.of("span", "token-mask", "t5", "batch-size", "inverse-square-root");

    @ParameterizedTest
    @CsvSource({
        "spna, span",
        "Span, span",
        "token_mask, token-mask",
        "t6, t5",
        "batchsize, batch-size",
        "inverse-sqrt-root, inverse-square-root",
    })
    void suggestsWhatIsASlipAway(String word, String meant) {
        assertThat(Suggestions.closest(word, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"x", "bert", "mask", "size", "sentence-shuffle"})
    void suggestsNothingFarFetched(String word) {
        assertThat(Suggestions.closest(word, NAMES)).isEmpty();
    }

    @Test
    void saysWhatThereIs() {
        assertThat(Suggestions.noSuch("preset", "tinny", List.of("tiny", "base")))
                .isEqualTo("no preset 'tinny'. Did you mean 'tiny'?  Available: tiny, base");
        assertThat(Suggestions.noSuch("preset", "xl", List.of("tiny", "base")))
                .isEqualTo("no preset 'xl'.  Available: tiny, base");
        assertThat(Suggestions.noSuch("preset", "xl", List.of())).isEqualTo("no preset 'xl'.  Available: none");
    }
}
