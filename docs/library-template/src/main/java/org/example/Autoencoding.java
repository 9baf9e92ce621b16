package org.example;

import java.util.List;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;

/** Every token of the inputs is guessed from the encoder's state at its place. */
public final class Autoencoding implements Objective {
    private static final String LOSS = "autoencoding";

    private final int width;

    /** @param width of the encoder's states */
    public Autoencoding(int width) {
        this.width = width;
    }

    @Override
    public List<String> losses() {
        return List.of(LOSS);
    }

    @Override
    public Set<Class<? extends Part>> needs(Set<String> active) {
        return Set.of(Encoder.class);
    }

    @Override
    public void build(Graph graph, Architecture architecture, Set<String> active) {
        Value tokens = graph.feature(Feature.INPUTS);
        Value states = architecture.require(Encoder.class).encode(graph, tokens).hidden();
        Value weight = graph.parameter(
                "autoencoding.weight",
                Initializer.normal(0.05),
                graph.vocabulary().size(),
                width);
        Value logits = graph.linear(states, weight);
        graph.loss(LOSS, graph.crossEntropy(logits, tokens, graph.vocabulary().pad()));
    }
}
