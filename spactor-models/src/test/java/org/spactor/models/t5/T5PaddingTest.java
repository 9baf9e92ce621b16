package org.spactor.models.t5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Value;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.api.vocabulary.Vocabulary.SpecialIds;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;

/** What fills up the inputs is seen by no query, whichever id it has. */
class T5PaddingTest {
    private static final int PAD = 4;
    private static final Vocabulary VOCABULARY = new Vocabulary(
            List.of("<unk>", "<s>", "</s>", "\u2581a", "<pad>", "\u2581b"), new SpecialIds(PAD, 2, 0), 2, 16);
    private static final int[] INPUTS = {3, 0, 5, PAD, PAD};

    private final ModelGraph graph =
            new ModelGraph(FeatureLengths.ofSegment(INPUTS.length).with(Feature.TARGETS, 2), VOCABULARY, 1, false);
    private final Plan plan = plan(graph);

    @Test
    void whatPaddingIsEmbeddedAsChangesNothing() {
        assertThat(decoded(Map.of(PAD, 7f))).isEqualTo(decoded(Map.of()));
    }

    @Test
    void aTokenWithTheIdZeroIsSeenWherePaddingHasAnother() {
        assertThat(decoded(Map.of(0, 7f))).isNotEqualTo(decoded(Map.of()));
    }

    private static Plan plan(ModelGraph graph) {
        T5 t5 = new T5(new T5Dimensions(8, 12, 4, 2, 2, 2, true, false, 0), VOCABULARY.size());
        Encoder.Encoded encoded = t5.encode(graph, graph.feature(Feature.INPUTS));
        Value decoded = t5.decode(graph, encoded, graph.feature(Feature.TARGETS));
        return new PlanCompiler()
                .compile(
                        graph.sameDiff(),
                        Map.of("decoded", graph.variable(decoded)),
                        graph.parameters().keySet());
    }

    /**
     * The decoder's hidden states.
     *
     * @param embeddings tokens whose embedding is one number throughout
     */
    private double[] decoded(Map<Integer, Float> embeddings) {
        Backend backend = Nd4jBackend.portable();
        Map<String, DeviceTensor> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, ParameterSpecification> parameter :
                graph.parameters().entrySet()) {
            DeviceTensor tensor =
                    backend.allocate(ElementType.FLOAT32, parameter.getValue().shape());
            tensor.write(0, random(parameter.getKey(), (int) tensor.elements()));
            parameters.put(parameter.getKey(), tensor);
        }
        DeviceTensor table = parameters.get(T5.TOKEN_EMBEDDING);
        int width = (int) table.shape()[1];
        embeddings.forEach((token, number) -> {
            float[] row = new float[width];
            Arrays.fill(row, number);
            table.write((long) token * width, FloatBuffer.wrap(row));
        });
        try (Program program = backend.prepare(plan, parameters)) {
            program.setInput("feature.inputs", INPUTS);
            program.setInput("feature.targets", new int[] {3, 5});
            program.run();
            return program.numbers("decoded");
        }
    }

    private static FloatBuffer random(String name, int length) {
        CounterRandom random = CounterRandom.of(3, name);
        FloatBuffer values = FloatBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            values.put(i, (float) random.nextGaussian());
        }
        return values;
    }
}
