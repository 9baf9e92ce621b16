package org.spactor.engine.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.graph.ModelGraph;

/**
 * A small graph to test an operation with.
 *
 * @param name what it shows
 * @param lengths lengths of the features
 * @param vocabulary the tokens there are
 * @param batchSize number of examples
 * @param integers integer inputs that must not be random, by the name of the plan's input
 * @param declaration writes the graph, losses included
 */
public record GraphCase(
        String name,
        FeatureLengths lengths,
        Vocabulary vocabulary,
        int batchSize,
        Map<String, long[]> integers,
        Consumer<ModelGraph> declaration) {
    /** Examples in the usual batch. */
    public static final int BATCH = 3;

    /** Usual length of {@link Feature#INPUTS}. */
    public static final int INPUT_LENGTH = 6;

    /** Usual length of {@link Feature#TARGETS}. */
    public static final int TARGET_LENGTH = 4;

    /** Number of tokens there are. */
    public static final int VOCABULARY = 7;

    private static final Vocabulary TOKENS = Vocabulary.sample(5, 2, VOCABULARY);

    /** A graph with the usual batch. */
    public static GraphCase of(String name, Consumer<ModelGraph> declaration) {
        FeatureLengths lengths =
                new FeatureLengths(Map.of(Feature.INPUTS, INPUT_LENGTH, Feature.TARGETS, TARGET_LENGTH));
        return new GraphCase(name, lengths, TOKENS, BATCH, Map.of(), declaration);
    }

    /** The same with one feature more. */
    public GraphCase withFeature(Feature feature, int length) {
        return new GraphCase(name, lengths.with(feature, length), vocabulary, batchSize, integers, declaration);
    }

    /** The same with fixed numbers in one integer input. */
    public GraphCase withIntegers(String input, long... values) {
        Map<String, long[]> more = new LinkedHashMap<>(integers);
        more.put(input, values);
        return new GraphCase(name, lengths, vocabulary, batchSize, more, declaration);
    }

    /** Declares the graph. */
    public ModelGraph declare(boolean training) {
        ModelGraph graph = new ModelGraph(lengths, vocabulary, batchSize, training);
        declaration.accept(graph);
        return graph;
    }

    @Override
    public String toString() {
        return name;
    }
}
