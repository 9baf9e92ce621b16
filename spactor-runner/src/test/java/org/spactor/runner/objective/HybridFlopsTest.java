package org.spactor.runner.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Plan;
import org.spactor.models.t5.T5;
import org.spactor.models.t5.T5Preset;
import org.spactor.objectives.corruption.SpanCorruptorProvider;
import org.spactor.objectives.corruption.SpanOptions;
import org.spactor.objectives.corruption.TokenMaskCorruptor;
import org.spactor.objectives.objective.SpactorObjective;
import org.spactor.objectives.objective.SpactorOptions;

/**
 * FLOPs of a step of T5 1.1 small, counted by hand. A product of m × k and k × n costs 2·m·k·n.
 *
 * <p>Backward, every product costs twice what it costs forward: one product for the gradient of each operand. None of them
 * is left out here: on the left there are always hidden states, which depend on an embedding that is learnt, on the right
 * always parameters or, in attention, hidden states again. Embeddings, norms, losses and sampling have no product.
 */
class HybridFlopsTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(32_000, 100, 32_128);
    private static final FeatureLengths LENGTHS = lengths();

    private static final long INPUTS = 512;
    private static final long TARGETS = 114;
    /** Room for masked positions: round(0.15 · 512). */
    private static final long MASKED = 77;

    private static final long WIDTH = 512;
    private static final long HIDDEN = 1024;
    /** 6 heads of 64. */
    private static final long HEADS = 384;

    private static final long LAYERS = 8;
    /** A quarter of the encoder's. */
    private static final long GENERATOR_LAYERS = 2;

    private static final long ROWS = 32_128;

    @Test
    void lengthsAreThoseOfT5() {
        assertThat(LENGTHS.get(Feature.INPUTS)).isEqualTo((int) INPUTS);
        assertThat(LENGTHS.get(Feature.TARGETS)).isEqualTo((int) TARGETS);
        assertThat(LENGTHS.get(TokenMaskCorruptor.MASKED_POSITIONS)).isEqualTo((int) MASKED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stepOfSpanCorruptionAlone(int batchSize) {
        ModelGraph graph = declare(Set.of("sc"), batchSize);

        assertThat(new PlanCompiler().evaluation(graph).flops()).isEqualTo(spanCorruption(batchSize));
        assertThat(new PlanCompiler().training(graph).flops()).isEqualTo(3 * spanCorruption(batchSize));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stepOfTheHybridObjective(int batchSize) {
        ModelGraph graph = declare(Set.of("mlm", "rtd", "sc"), batchSize);
        long forward = generator(batchSize) + spanCorruption(batchSize) + head(batchSize);

        assertThat(new PlanCompiler().evaluation(graph).flops()).isEqualTo(forward);
        assertThat(new PlanCompiler().training(graph).flops()).isEqualTo(3 * forward);
    }

    @Test
    void withoutTheGeneratorsLossTheGeneratorHasNoBackwardPass() {
        Plan plan = new PlanCompiler().training(declare(Set.of("rtd", "sc"), 1));

        assertThat(plan.flops()).isEqualTo(generator(1) + 3 * (spanCorruption(1) + head(1)));
    }

    @Test
    void onlyLinearLayersAndAttentionHaveProducts() {
        Plan plan = new PlanCompiler().training(declare(Set.of("mlm", "rtd", "sc"), 1));

        assertThat(plan.instructions())
                .filteredOn(instruction -> instruction.flops() > 0)
                .extracting(Instruction::kind)
                .containsOnly(
                        "linear", "linear-input-gradient", "linear-weight-gradient", "attention", "attention-gradient");
    }

    /** The generator: blocks on all inputs, its head and the projection to the vocabulary at the masked positions. */
    private static long generator(long batch) {
        long stack = GENERATOR_LAYERS * (selfAttention(batch, INPUTS) + feedForward(batch * INPUTS));
        long dense = product(batch * MASKED, WIDTH, WIDTH);
        long projection = product(batch * MASKED, WIDTH, ROWS);
        return stack + dense + projection;
    }

    /** The encoder, the decoder, and the projection of all targets to the vocabulary. */
    private static long spanCorruption(long batch) {
        long encoder = LAYERS * (selfAttention(batch, INPUTS) + feedForward(batch * INPUTS));
        long decoder = LAYERS * (selfAttention(batch, TARGETS) + crossAttention(batch) + feedForward(batch * TARGETS));
        long projection = product(batch * TARGETS, WIDTH, ROWS);
        return encoder + decoder + projection;
    }

    /** The head of detection: dense and dense to 1 on all inputs. */
    private static long head(long batch) {
        return product(batch * INPUTS, WIDTH, WIDTH) + product(batch * INPUTS, WIDTH, 1);
    }

    /** Projections to queries, keys, values and back; scores and mixture, of all heads together. */
    private static long selfAttention(long batch, long length) {
        long projections = 4 * product(batch * length, WIDTH, HEADS);
        return projections + 2 * batch * product(length, HEADS, length);
    }

    /** The same with queries from the decoder and keys and values from the encoder. */
    private static long crossAttention(long batch) {
        long ofTargets = 2 * product(batch * TARGETS, WIDTH, HEADS);
        long ofInputs = 2 * product(batch * INPUTS, WIDTH, HEADS);
        return ofTargets + ofInputs + 2 * batch * product(TARGETS, HEADS, INPUTS);
    }

    /** Gate, value and output. */
    private static long feedForward(long rows) {
        return 3 * product(rows, WIDTH, HIDDEN);
    }

    private static long product(long m, long k, long n) {
        return 2 * m * k * n;
    }

    private static ModelGraph declare(Set<String> losses, int batchSize) {
        T5 t5 = new T5(T5Preset.T5_1_1_SMALL.dimensions(), VOCABULARY.size());
        Objective objective = new SpactorObjective(new SpactorOptions(1, SpactorOptions.Head.DENSE, false), VOCABULARY);
        ModelGraph graph = new ModelGraph(LENGTHS, VOCABULARY, batchSize, true);
        objective.build(graph, t5, losses);
        return graph;
    }

    /** What the corruptors make of T5's segments of 568 tokens. */
    private static FeatureLengths lengths() {
        FeatureLengths corrupted = new SpanCorruptorProvider()
                .create(new SpanOptions(0.15, 3), ComponentContext.of(VOCABULARY))
                .lengths(FeatureLengths.ofSegment(568));
        return new TokenMaskCorruptor(0.15, VOCABULARY.firstUnused(), VOCABULARY).lengths(corrupted);
    }
}
