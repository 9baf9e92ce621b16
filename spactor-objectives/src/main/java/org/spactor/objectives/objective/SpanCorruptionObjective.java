package org.spactor.objectives.objective;

import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.graph.Graph;
import org.spactor.api.objective.Objective;

/**
 * T5's pre-training objective: the decoder produces the targets, token by token under teacher forcing, from the encoded
 * inputs. The only loss is {@link Losses#SPAN_CORRUPTION}, the mean cross-entropy of the targets in nats, padding
 * aside.
 *
 * <p>Reads {@link Feature#INPUTS} and {@link Feature#TARGETS}, of whatever corruptor makes targets.
 *
 * <p>Source: Raffel et al., <i>Exploring the limits of transfer learning with a unified text-to-text transformer</i>
 * (2020), sections 2.1 and 3.1.4.
 */
public final class SpanCorruptionObjective implements Objective {
    @Override
    public Set<String> losses() {
        return Set.of(Losses.SPAN_CORRUPTION);
    }

    @Override
    public void build(Graph graph, Architecture architecture, Set<String> active) {
        if (!active.equals(losses())) {
            throw new IllegalArgumentException("this objective has the losses " + losses() + ", not " + active);
        }
        decode(graph, architecture, architecture.encode(graph, graph.feature(Feature.INPUTS)));
    }

    /** Adds the decoder and its loss to a graph with an encoder. */
    static void decode(Graph graph, Architecture architecture, Architecture.Encoded encoded) {
        SDVariable targets = graph.feature(Feature.TARGETS);
        SDVariable decoderTokens = graph.shiftRight(targets, Vocabulary.PAD);
        SDVariable hidden = architecture.decode(graph, encoded, decoderTokens);
        SDVariable logits = architecture.project(graph, hidden);
        graph.loss(Losses.SPAN_CORRUPTION, graph.crossEntropy(logits, targets, Vocabulary.PAD));
    }
}
