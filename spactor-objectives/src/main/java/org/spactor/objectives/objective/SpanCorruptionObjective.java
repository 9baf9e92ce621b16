package org.spactor.objectives.objective;

import java.util.List;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;
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
    public List<String> losses() {
        return List.of(Losses.SPAN_CORRUPTION);
    }

    @Override
    public Set<Class<? extends Part>> needs(Set<String> active) {
        return Set.of(Encoder.class, Decoder.class);
    }

    @Override
    public void build(Graph graph, Architecture architecture, Set<String> active) {
        if (!active.equals(Set.of(Losses.SPAN_CORRUPTION))) {
            throw new IllegalArgumentException("this objective has the losses " + losses() + ", not " + active);
        }
        Encoder encoder = architecture.require(Encoder.class);
        decode(graph, architecture, encoder.encode(graph, graph.feature(Feature.INPUTS)));
    }

    /** Adds the decoder and its loss to a graph with an encoder. */
    static void decode(Graph graph, Architecture architecture, Encoder.Encoded encoded) {
        Decoder decoder = architecture.require(Decoder.class);
        int pad = graph.vocabulary().pad();
        Value targets = graph.feature(Feature.TARGETS);
        Value hidden = decoder.decode(graph, encoded, graph.shiftRight(targets, pad));
        Value logits = decoder.project(graph, hidden);
        graph.loss(Losses.SPAN_CORRUPTION, graph.crossEntropy(logits, targets, pad));
    }
}
