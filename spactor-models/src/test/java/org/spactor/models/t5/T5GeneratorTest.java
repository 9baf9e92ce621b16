package org.spactor.models.t5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.graph.Value;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;

/** Which parameters the generator has. */
class T5GeneratorTest {
    private static final long ROWS = Declarations.VOCABULARY.size();

    @ParameterizedTest
    @CsvSource({"T5_1_1_SMALL, 2", "T5_1_1_BASE, 3", "T5_1_1_LARGE, 6", "T5_SMALL, 1", "T5_BASE, 3", "T5_LARGE, 6"})
    void hasAQuarterOfTheEncodersLayersAtItsWidth(T5Preset preset, int layers) {
        T5Dimensions encoder = preset.dimensions();
        T5 t5 = t5(preset, 0, 0, T5Options.GeneratorEmbedding.SHARED);

        Map<String, List<Long>> expected = new LinkedHashMap<>();
        expected.put("shared.weight", List.of(ROWS, (long) encoder.dModel()));
        expected.putAll(blocks(layers, encoder.dModel(), encoder.dFf(), encoder.heads(), encoder.gated()));
        expected.put("generator.head.dense.weight", List.of((long) encoder.dModel(), (long) encoder.dModel()));
        expected.put("generator.head.layer_norm.weight", List.of((long) encoder.dModel()));
        assertThat(Declarations.generator(t5)).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void aWidthOfItsOwnAddsAProjectionAndKeepsTheEncodersProportions() {
        T5 t5 = t5(T5Preset.T5_1_1_SMALL, 0, 256, T5Options.GeneratorEmbedding.SHARED);

        Map<String, List<Long>> expected = new LinkedHashMap<>();
        expected.put("shared.weight", List.of(ROWS, 512L));
        expected.put("generator.embedding_projection.weight", List.of(256L, 512L));
        expected.putAll(blocks(2, 256, 512, 3, true));
        expected.put("generator.head.dense.weight", List.of(512L, 256L));
        expected.put("generator.head.layer_norm.weight", List.of(512L));
        assertThat(Declarations.generator(t5)).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void theEncodersWidthAddsNoProjection() {
        T5 t5 = t5(T5Preset.T5_1_1_SMALL, 0, 512, T5Options.GeneratorEmbedding.SHARED);

        assertThat(Declarations.generator(t5)).doesNotContainKey("generator.embedding_projection.weight");
    }

    @Test
    void anEmbeddingOfItsOwnTakesThePlaceOfTheSharedOne() {
        T5 shared = t5(T5Preset.T5_1_1_SMALL, 0, 0, T5Options.GeneratorEmbedding.SHARED);
        T5 own = t5(T5Preset.T5_1_1_SMALL, 0, 0, T5Options.GeneratorEmbedding.OWN);

        Map<String, List<Long>> expected = new LinkedHashMap<>(Declarations.generator(shared));
        expected.put("generator.embedding.weight", expected.remove("shared.weight"));
        assertThat(Declarations.generator(own)).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void hasAsManyLayersAsAskedFor() {
        T5 t5 = t5(T5Preset.T5_1_1_SMALL, 5, 0, T5Options.GeneratorEmbedding.SHARED);

        assertThat(Declarations.generator(t5))
                .containsKey("generator.block.4.layer.0.SelfAttention.q.weight")
                .doesNotContainKey("generator.block.5.layer.0.SelfAttention.q.weight");
    }

    @ParameterizedTest
    @EnumSource
    void sharesNothingWithTheEncoderButTheTokenEmbedding(T5Preset preset) {
        T5 t5 = t5(preset, 0, 0, T5Options.GeneratorEmbedding.SHARED);

        assertThat(Declarations.generator(t5).keySet())
                .filteredOn(Declarations.encoderDecoder(t5)::containsKey)
                .containsExactly(T5.TOKEN_EMBEDDING);
    }

    @Test
    void guessesOverTheVocabularyAtThePositionsAlone() {
        T5 t5 = t5(T5Preset.T5_1_1_SMALL, 0, 256, T5Options.GeneratorEmbedding.SHARED);
        ModelGraph graph = Declarations.graph();
        Value logits = Declarations.generate(t5, graph);

        assertThat(new PlanCompiler()
                        .compile(
                                graph.sameDiff(),
                                Map.of("logits", graph.variable(logits)),
                                graph.parameters().keySet())
                        .results()
                        .get("logits")
                        .shape())
                .containsExactly(1, 2, ROWS);
    }

    private static T5 t5(
            T5Preset preset, int generatorLayers, int generatorWidth, T5Options.GeneratorEmbedding embedding) {
        T5Options options = new T5Options(
                preset,
                0,
                0,
                0,
                0,
                0,
                0,
                T5Options.FeedForward.PRESET,
                T5Options.OutputProjection.PRESET,
                0,
                generatorLayers,
                generatorWidth,
                embedding);
        return (T5) new T5ArchitectureProvider().create(options, ComponentContext.of(Declarations.VOCABULARY));
    }

    /** Shapes of the blocks and of the norm behind them; heads have a width of 64. */
    private static Map<String, List<Long>> blocks(int layers, long width, long hidden, long heads, boolean gated) {
        long inner = 64 * heads;
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        shapes.put("generator.block.0.layer.0.SelfAttention.relative_attention_bias.weight", List.of(32L, heads));
        for (int layer = 0; layer < layers; layer++) {
            String block = "generator.block." + layer + ".layer.";
            for (String projection : List.of("q", "k", "v")) {
                shapes.put(block + "0.SelfAttention." + projection + ".weight", List.of(inner, width));
            }
            shapes.put(block + "0.SelfAttention.o.weight", List.of(width, inner));
            shapes.put(block + "0.layer_norm.weight", List.of(width));
            for (String projection : gated ? List.of("wi_0", "wi_1") : List.of("wi")) {
                shapes.put(block + "1.DenseReluDense." + projection + ".weight", List.of(hidden, width));
            }
            shapes.put(block + "1.DenseReluDense.wo.weight", List.of(width, hidden));
            shapes.put(block + "1.layer_norm.weight", List.of(width));
        }
        shapes.put("generator.final_layer_norm.weight", List.of(width));
        return shapes;
    }
}
