package org.spactor.objectives.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.graph.Graph;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.NoOptions;

class SpanCorruptionObjectiveTest {
    private final Vocabulary vocabulary = Vocabulary.sample(8_000);
    private final Map<String, String> losses = new HashMap<>();
    private final Graph graph = Symbols.graph(vocabulary, losses);
    private final Objective objective =
            new SpanCorruptionObjectiveProvider().create(new NoOptions(), ComponentContext.of(vocabulary));

    @Test
    void theOnlyLossIsSpanCorruption() {
        assertThat(objective.losses()).containsExactly("sc");
        assertThat(objective.validationLosses()).containsExactly("sc");
    }

    @Test
    void itNeedsAnEncoderAndADecoderAndNoGenerator() {
        assertThat(objective.needs(Set.of("sc"))).isEqualTo(Set.of(Encoder.class, Decoder.class));
    }

    @Test
    void theLossIsTheCrossEntropyOfTheTargetsReadShiftedRight() {
        objective.build(graph, Symbols.architecture(), Set.of("sc"));

        String inputs = "feature(inputs)";
        String targets = "feature(targets)";
        String encoded = "encode(" + inputs + ") of " + inputs;
        String logits = "project(decode(" + encoded + ", shiftRight(" + targets + ", 0)))";
        assertThat(losses).isEqualTo(Map.of("sc", "crossEntropy(" + logits + ", " + targets + ", 0) / its count"));
    }

    @Test
    void aLossItDoesNotHaveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.build(graph, Symbols.architecture(), Set.of("sc", "mlm")))
                .withMessageContaining("[sc]");
        assertThat(losses).isEmpty();
    }
}
