package org.spactor.example;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.CausalDecoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.Option;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;
import org.spactor.api.objective.ObjectiveProvider;

/**
 * The objective {@code prefix-lm}: a causal decoder continues the beginning of a text, all of which it sees. {@code lm} is
 * the mean cross-entropy of the continuation in nats a token. Needs no corruptor: it divides {@link Feature#INPUTS} itself,
 * every text at the same share of its own length.
 *
 * <p>Source: Raffel et al., <i>Exploring the limits of transfer learning</i>, 2020, sections 3.2.1 and 3.3.1.
 */
public final class PrefixLm implements ObjectiveProvider<PrefixLm.Options> {
    /** Options of the objective. */
    public record Options(
            @Option(description = "Share of the text that is prefix", defaultValue = "0.5", range = "[0, 1)")
            double prefixShare) {}

    @Override
    public String name() {
        return "prefix-lm";
    }

    @Override
    public String summary() {
        return "Continues the beginning of a text (lm)";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Objective create(Options options, ComponentContext context) {
        return new Continuation(options.prefixShare());
    }

    private record Continuation(double prefixShare) implements Objective {
        @Override
        public List<String> losses() {
            return List.of("lm");
        }

        @Override
        public Set<Class<? extends Part>> needs(Set<String> active) {
            return Set.of(CausalDecoder.class);
        }

        @Override
        public void build(Graph graph, Architecture architecture, Set<String> active) {
            int pad = graph.vocabulary().pad();
            Value text = graph.feature(Feature.INPUTS);
            Value isText = text.ne(pad).toFloat();
            Value prefixLength = isText.sum(1).expand(1).mul(prefixShare);
            int length = (int) text.size(1);
            Value places = graph.constant(IntStream.range(0, length).toArray(), 1, length)
                    .toFloat();
            Value continues = places.lt(prefixLength).eq(0).toFloat();

            // what is read is a place behind what is asked for, and so is the prefix
            Value read = graph.shiftRight(text, pad);
            Value prefix = places.lt(prefixLength.add(1));
            CausalDecoder decoder = architecture.require(CausalDecoder.class);
            Value logits = decoder.project(graph, decoder.decode(graph, read, prefix));
            graph.loss("lm", graph.sumOver(graph.tokenCrossEntropy(logits, text, pad), continues.mul(isText)));
        }
    }
}
