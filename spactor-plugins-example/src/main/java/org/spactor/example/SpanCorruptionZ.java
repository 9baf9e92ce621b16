package org.spactor.example;

import java.util.List;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;
import org.spactor.api.objective.ObjectiveProvider;

/**
 * The objective {@code span-corruption-z}: span corruption, and z-loss beside it. {@code sc} is the mean cross-entropy of
 * the targets; {@code z} is the mean of log² Z over them, Z being what the softmax divides by, which keeps logits from
 * drifting away. A curriculum weighs the two; PaLM's weight of z is 10⁻⁴.
 *
 * <p>Source: Raffel et al., 2020, for sc; Chowdhery et al., <i>PaLM</i>, 2022, section 5, for z.
 */
public final class SpanCorruptionZ implements ObjectiveProvider<SpanCorruptionZ.Options> {
    /** No options. */
    public record Options() {}

    @Override
    public String name() {
        return "span-corruption-z";
    }

    @Override
    public String summary() {
        return "Span corruption (sc) and z-loss (z)";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Objective create(Options options, ComponentContext context) {
        return new SpansAndZ();
    }

    static final class SpansAndZ implements Objective {
        @Override
        public List<String> losses() {
            return List.of("sc", "z");
        }

        @Override
        public Set<Class<? extends Part>> needs(Set<String> active) {
            return Set.of(Encoder.class, Decoder.class);
        }

        @Override
        public void build(Graph graph, Architecture architecture, Set<String> active) {
            int pad = graph.vocabulary().pad();
            Value targets = graph.feature(Feature.TARGETS);
            Decoder decoder = architecture.require(Decoder.class);
            Encoder.Encoded encoded = architecture.require(Encoder.class).encode(graph, graph.feature(Feature.INPUTS));
            Value logits = decoder.project(graph, decoder.decode(graph, encoded, graph.shiftRight(targets, pad)));
            if (active.contains("sc")) {
                graph.loss("sc", graph.crossEntropy(logits, targets, pad));
                graph.metric("accuracy.sc", graph.accuracy(logits, targets, pad));
            }
            if (active.contains("z")) {
                Value logZ = logits.logSumExp();
                graph.loss("z", graph.sumOver(logZ.mul(logZ), targets.ne(pad)));
            }
        }
    }
}
