package org.spactor.example;

import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.graph.Graph;
import org.spactor.api.objective.Objective;

/**
 * Prefix language modelling: the encoder reads the beginning of a text, the decoder continues it. The only loss, {@code
 * lm}, is the mean cross-entropy of the continuation in nats a token. Needs no corruptor: it divides {@link Feature#INPUTS}
 * itself.
 *
 * <p>Source: Raffel et al., <i>Exploring the limits of transfer learning</i>, 2020, section 3.3.1.
 *
 * @param prefixShare share of the text that the encoder reads, in (0, 1)
 */
record PrefixLm(double prefixShare) implements Objective {
    static final String LOSS = "lm";

    @Override
    public Set<String> losses() {
        return Set.of(LOSS);
    }

    @Override
    public void build(Graph graph, Architecture architecture, Set<String> active) {
        SDVariable text = graph.feature(Feature.INPUTS);
        long examples = text.getShape()[0];
        long length = text.getShape()[1];
        long split = Math.min(Math.max(Math.round(length * prefixShare), 1), length - 1);
        SDVariable prefix = slice(graph, text, examples, 0, split);
        SDVariable continuation = slice(graph, text, examples, split, length);

        Architecture.Encoded encoded = architecture.encode(graph, prefix);
        SDVariable read = graph.shiftRight(continuation, Vocabulary.PAD);
        SDVariable logits = architecture.project(graph, architecture.decode(graph, encoded, read));
        graph.loss(LOSS, graph.crossEntropy(logits, continuation, Vocabulary.PAD));
        graph.metric("accuracy.lm", graph.accuracy(logits, continuation, Vocabulary.PAD));
    }

    private static SDVariable slice(Graph graph, SDVariable text, long examples, long from, long to) {
        return graph.sameDiff().stridedSlice(text, new long[] {0, from}, new long[] {examples, to}, new long[] {1, 1});
    }
}
