package org.spactor.objectives.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.objective.Objective;
import org.spactor.objectives.NoOptions;

class SpanCorruptionObjectiveTest {
    private final Map<String, String> losses = new HashMap<>();
    private final Objective objective =
            new SpanCorruptionObjectiveProvider().create(new NoOptions(), Vocabulary.ofPieces(8_000));

    @Test
    void theOnlyLossIsSpanCorruption() {
        assertThat(objective.losses()).containsExactly("sc");
        assertThat(objective.validationLosses()).containsExactly("sc");
    }

    @Test
    void theLossIsTheCrossEntropyOfTheTargetsReadShiftedRight() {
        objective.build(Symbols.graph(losses), Symbols.architecture(), Set.of("sc"));

        String inputs = "feature(inputs)";
        String targets = "feature(targets)";
        String encoded = "encode(" + inputs + ") of " + inputs;
        String logits = "project(decode(" + encoded + ", shiftRight(" + targets + ", 0)))";
        assertThat(losses).isEqualTo(Map.of("sc", "crossEntropy(" + logits + ", " + targets + ", 0) / its count"));
    }

    @Test
    void aLossItDoesNotHaveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.build(Symbols.graph(losses), Symbols.architecture(), Set.of("sc", "mlm")))
                .withMessageContaining("[sc]");
        assertThat(losses).isEmpty();
    }
}
