package org.spactor.models.t5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.corruption.Vocabulary.SpecialIds;
import org.spactor.api.graph.Value;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.nd4j.Nd4jExecutable;
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
        Map<String, INDArray> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, ParameterSpecification> parameter :
                graph.parameters().entrySet()) {
            parameters.put(
                    parameter.getKey(),
                    random(parameter.getKey(), parameter.getValue().shape()));
        }
        embeddings.forEach((token, number) ->
                parameters.get(T5.TOKEN_EMBEDDING).getRow(token).assign(number));
        try (Nd4jExecutable executable = Nd4jBackend.portable().prepare(plan, parameters)) {
            executable.setInput("feature.inputs", INPUTS);
            executable.setInput("feature.targets", new int[] {3, 5});
            executable.run();
            return executable.result("decoded").dup('c').data().asDouble();
        }
    }

    private static INDArray random(String name, long[] shape) {
        CounterRandom random = CounterRandom.of(3, name);
        INDArray values = Nd4j.create(shape);
        for (long i = 0; i < values.length(); i++) {
            values.putScalar(i, (float) random.nextGaussian());
        }
        return values;
    }
}
