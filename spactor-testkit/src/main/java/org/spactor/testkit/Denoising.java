package org.spactor.testkit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.graph.Graph;
import org.spactor.api.objective.Objective;

/**
 * The objective that architectures are tested with: the decoder produces the targets, and the generator, where there is
 * one, the inputs' tokens at some positions.
 *
 * @param generates whether there is a generator
 */
record Denoising(boolean generates) implements Objective {
    static final String DECODER = "decoder";
    static final String GENERATOR = "generator";

    /** Positions whose tokens the generator guesses. */
    static final Feature POSITIONS = new Feature("testkit-positions", -1);

    /** The first tokens that the decoder is asked for; the others it only reads. */
    static final Feature LABELS = new Feature("testkit-labels", Vocabulary.PAD);

    @Override
    public Set<String> losses() {
        return new LinkedHashSet<>(generates ? List.of(DECODER, GENERATOR) : List.of(DECODER));
    }

    @Override
    public void build(Graph graph, Architecture architecture, Set<String> active) {
        SDVariable inputs = graph.feature(Feature.INPUTS);
        if (active.contains(DECODER)) {
            SDVariable read = graph.shiftRight(graph.feature(Feature.TARGETS), Vocabulary.PAD);
            SDVariable hidden = architecture.decode(graph, architecture.encode(graph, inputs), read);
            SDVariable logits = architecture.project(graph, hidden);
            graph.loss(DECODER, graph.crossEntropy(logits, graph.feature(LABELS), Vocabulary.PAD));
        }
        if (active.contains(GENERATOR)) {
            SDVariable positions = graph.feature(POSITIONS);
            SDVariable logits = architecture.generate(graph, inputs, positions);
            graph.loss(GENERATOR, graph.crossEntropy(logits, graph.tokensAt(inputs, positions), POSITIONS.padding()));
        }
    }
}
