package org.spactor.models.t5;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.graph.ModelGraph;

/** What a T5 declares in a graph; declaring a model of any size takes no memory. */
final class Declarations {
    static final Vocabulary VOCABULARY = Vocabulary.sample(32_000, 100, 32_128);

    private static final Feature POSITIONS = Feature.positions("positions", Feature.INPUTS);
    private static final FeatureLengths LENGTHS =
            FeatureLengths.ofSegment(4).with(Feature.TARGETS, 3).with(POSITIONS, 2);

    private Declarations() {}

    /** The shapes of encoder, decoder and output projection by name. */
    static Map<String, List<Long>> encoderDecoder(T5 t5) {
        ModelGraph graph = graph();
        Encoder.Encoded encoded = t5.encode(graph, graph.feature(Feature.INPUTS));
        t5.project(graph, t5.decode(graph, encoded, graph.feature(Feature.TARGETS)));
        return shapes(graph);
    }

    /** The shapes of the generator by name. */
    static Map<String, List<Long>> generator(T5 t5) {
        ModelGraph graph = graph();
        generate(t5, graph);
        return shapes(graph);
    }

    /** Declares a generator. */
    static Value generate(T5 t5, ModelGraph graph) {
        return t5.generate(graph, graph.feature(Feature.INPUTS), graph.feature(POSITIONS));
    }

    /** An empty graph with inputs, targets and positions. */
    static ModelGraph graph() {
        return new ModelGraph(LENGTHS, VOCABULARY, 1, true);
    }

    /** Number of elements of some parameters. */
    static long elements(Map<String, List<Long>> shapes) {
        return shapes.values().stream()
                .mapToLong(shape -> shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact))
                .sum();
    }

    private static Map<String, List<Long>> shapes(ModelGraph graph) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        graph.parameters()
                .forEach((name, parameter) -> shapes.put(
                        name, LongStream.of(parameter.shape()).boxed().toList()));
        return shapes;
    }
}
