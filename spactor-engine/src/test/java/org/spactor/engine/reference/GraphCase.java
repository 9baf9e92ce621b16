package org.spactor.engine.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.engine.graph.ModelGraph;

/**
 * A small graph to test an operation with.
 *
 * @param name what it shows
 * @param lengths lengths of the features
 * @param batchSize number of examples
 * @param integers integer inputs that must not be random, by the name of the plan's input
 * @param declaration writes the graph, losses included
 */
public record GraphCase(
        String name,
        FeatureLengths lengths,
        int batchSize,
        Map<String, long[]> integers,
        Consumer<ModelGraph> declaration) {
    /** Examples in the usual batch. */
    public static final int BATCH = 3;

    /** Usual length of {@link Feature#INPUTS}. */
    public static final int INPUT_LENGTH = 6;

    /** Usual length of {@link Feature#TARGETS}. */
    public static final int TARGET_LENGTH = 4;

    /** Random tokens are below this. */
    public static final int VOCABULARY = 7;

    /** A graph with the usual batch. */
    public static GraphCase of(String name, Consumer<ModelGraph> declaration) {
        FeatureLengths lengths =
                new FeatureLengths(Map.of(Feature.INPUTS, INPUT_LENGTH, Feature.TARGETS, TARGET_LENGTH));
        return new GraphCase(name, lengths, BATCH, Map.of(), declaration);
    }

    /** The same with one feature more. */
    public GraphCase withFeature(Feature feature, int length) {
        return new GraphCase(name, lengths.with(feature, length), batchSize, integers, declaration);
    }

    /** The same with fixed numbers in one integer input. */
    public GraphCase withIntegers(String input, long... values) {
        Map<String, long[]> more = new LinkedHashMap<>(integers);
        more.put(input, values);
        return new GraphCase(name, lengths, batchSize, more, declaration);
    }

    /** Declares the graph. */
    public ModelGraph declare(boolean training) {
        ModelGraph graph = new ModelGraph(lengths, batchSize, training);
        declaration.accept(graph);
        return graph;
    }

    @Override
    public String toString() {
        return name;
    }
}
