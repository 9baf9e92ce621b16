package org.spactor.engine.saved;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.CompilingPlanner;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.graph.ParameterSpecification;

/**
 * A model with features of every kind, random numbers, operations whose kernels compute something on the host, and
 * attention that can be fused.
 */
public final class SmallModel {
    /** All losses. */
    public static final Set<String> LOSSES = Set.of("tokens", "classes");

    private static final Feature PLACES = Feature.positions("places", Feature.INPUTS);
    private static final Feature CLASSES = Feature.labels("classes", 3);
    private static final FeatureLengths LENGTHS = new FeatureLengths(Map.of(Feature.INPUTS, 6, PLACES, 2, CLASSES, 2));
    private static final Vocabulary VOCABULARY = Vocabulary.sample(12, 2, 16);
    private static final int WIDTH = 64;
    private static final int HEADS = 2;

    private SmallModel() {}

    /** Its parameters. */
    public static List<ParameterSpecification> parameters() {
        return List.copyOf(declare(LOSSES, 1, false).parameters().values());
    }

    /** Compiles it. */
    public static CompilingPlanner planner(CompilerSettings settings) {
        return new CompilingPlanner(SmallModel::declare, new PlanCompiler(settings));
    }

    private static ModelGraph declare(Set<String> losses, int batchSize, boolean training) {
        ModelGraph graph = new ModelGraph(LENGTHS, VOCABULARY, batchSize, training);
        Value tokens = graph.feature(Feature.INPUTS);
        Value table = graph.parameter("table", Initializer.normal(1), VOCABULARY.size(), WIDTH);
        Value x = graph.dropout(graph.embedding(table, tokens), 0.1);
        Value norm = graph.rmsNorm(x, graph.parameter("norm", Initializer.ones(), WIDTH), 1e-6);
        Value mixed = graph.linear(norm, graph.parameter("mix", Initializer.normal(0.3), WIDTH, WIDTH));
        Value biases = graph.parameter("bias", Initializer.normal(0.3), 8, HEADS);
        Value attended = graph.attention(Attention.of(graph.rotaryPositions(mixed, HEADS, 100), norm, norm, HEADS)
                .keyMask(tokens)
                .bias(graph.relativePositionBias(biases, tokens, tokens, true, 20))
                .dropout(0.1));
        Value states = graph.blockEnd(x.add(attended));
        if (losses.contains("tokens")) {
            Value logits = graph.linear(states, table);
            Value drawn = graph.sampleCategorical(graph.stopGradient(logits), 1);
            graph.loss("tokens", graph.crossEntropy(logits, tokens, VOCABULARY.pad()));
            graph.metric(
                    "share.drawn",
                    graph.sumOver(
                            drawn.eq(tokens).toFloat(),
                            tokens.ne(VOCABULARY.pad()).toFloat()));
        }
        if (losses.contains("classes")) {
            Value chosen = graph.statesAt(states, graph.feature(PLACES));
            Value logits = graph.linear(chosen, graph.parameter("class", Initializer.normal(1), 3, WIDTH));
            graph.loss("classes", graph.crossEntropy(logits, graph.feature(CLASSES), -1));
        }
        return graph;
    }
}
