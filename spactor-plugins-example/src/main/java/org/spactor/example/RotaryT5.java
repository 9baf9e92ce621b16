package org.spactor.example;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;

/**
 * T5 1.1 with rotary positions in place of the relative position bias: queries and keys of every self-attention are turned
 * by angles that grow with their positions, so that their product depends on the distance.
 *
 * <p>Source: Su et al., <i>RoFormer: enhanced transformer with rotary position embedding</i>, 2021 (arXiv 2104.09864).
 */
final class RotaryT5 implements Architecture {
    private final RotaryT5Options options;
    private final int vocabularySize;

    RotaryT5(RotaryT5Options options, int vocabularySize) {
        this.options = options;
        this.vocabularySize = vocabularySize;
    }

    @Override
    public Encoded encode(Graph graph, SDVariable tokens) {
        RotaryBlocks encoder = new RotaryBlocks(graph, options, "encoder");
        return new Encoded(encoder.encode(embed(graph, tokens), tokens, options.layers()), tokens);
    }

    @Override
    public SDVariable decode(Graph graph, Encoded encoded, SDVariable tokens) {
        return new RotaryBlocks(graph, options, "decoder").decode(embed(graph, tokens), encoded, options.layers());
    }

    @Override
    public SDVariable project(Graph graph, SDVariable hidden) {
        Initializer initializer = Initializer.normal(Math.pow(options.dModel(), -0.5));
        return graph.linear(hidden, graph.parameter("lm_head.weight", initializer, vocabularySize, options.dModel()));
    }

    /** A small encoder of its own whose head is the token embedding, scaled as in T5 1.0. */
    @Override
    public SDVariable generate(Graph graph, SDVariable tokens, SDVariable positions) {
        RotaryBlocks generator = new RotaryBlocks(graph, options, "generator");
        SDVariable hidden = generator.encode(embed(graph, tokens), tokens, options.generatorLayers());
        SDVariable scaled = graph.scale(graph.statesAt(hidden, positions), Math.pow(options.dModel(), -0.5));
        return graph.linear(scaled, embedding(graph));
    }

    @Override
    public int width() {
        return options.dModel();
    }

    @Override
    public Map<String, Object> dimensions() {
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("d-model", options.dModel());
        names.put("d-ff", options.dFf());
        names.put("d-kv", options.dKv());
        names.put("heads", options.heads());
        names.put("layers", options.layers());
        names.put("generator-layers", options.generatorLayers());
        names.put("rotary-base", options.rotaryBase());
        return names;
    }

    private SDVariable embed(Graph graph, SDVariable tokens) {
        return graph.embedding(embedding(graph), tokens);
    }

    private SDVariable embedding(Graph graph) {
        return graph.parameter("shared.weight", Initializer.normal(1), vocabularySize, options.dModel());
    }
}
