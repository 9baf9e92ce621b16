package org.spactor.example;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.Option;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;
import org.spactor.api.objective.ObjectiveProvider;

/**
 * The objective {@code contrastive}: which targets were cut out of which inputs? Both are encoded, and the mean of their
 * hidden states is taken; {@code info-nce} is the cross-entropy of the right targets among those of all examples, by the
 * cosine. {@code accuracy.info-nce} is how often they come first.
 *
 * <p>Source: InfoNCE is that of van den Oord et al., <i>Representation learning with contrastive predictive coding</i>,
 * 2018; the task is Lee et al.'s inverse cloze task (<i>Latent retrieval</i>, 2019); the temperature is SimCSE's (Gao et
 * al., 2021).
 */
public final class Contrastive implements ObjectiveProvider<Contrastive.Options> {
    /** Options of the objective. */
    public record Options(
            @Option(description = "What cosines are divided by", defaultValue = "0.05", range = "(0, inf)")
            double temperature) {}

    @Override
    public String name() {
        return "contrastive";
    }

    @Override
    public String summary() {
        return "Finds the targets that belong to the inputs among those of all examples (info-nce)";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Objective create(Options options, ComponentContext context) {
        return new InfoNce(options.temperature());
    }

    private record InfoNce(double temperature) implements Objective {
        @Override
        public List<String> losses() {
            return List.of("info-nce");
        }

        @Override
        public Set<Class<? extends Part>> needs(Set<String> active) {
            return Set.of(Encoder.class);
        }

        @Override
        public boolean comparesExamples() {
            return true;
        }

        @Override
        public void build(Graph graph, Architecture architecture, Set<String> active) {
            Encoder encoder = architecture.require(Encoder.class);
            Value inputs = direction(graph, encoder, graph.feature(Feature.INPUTS));
            Value targets = direction(graph, encoder, graph.feature(Feature.TARGETS));
            Value scores = inputs.matmul(targets.transpose()).div(temperature);
            Value own = graph.constant(IntStream.range(0, (int) inputs.size(0)).toArray(), inputs.size(0));
            graph.loss("info-nce", graph.crossEntropy(scores, own, -1));
            graph.metric("accuracy.info-nce", graph.accuracy(scores, own, -1));
        }

        /** [B, d] of length 1: where the mean of the hidden states points, or their sum, which is the same. */
        private static Value direction(Graph graph, Encoder encoder, Value tokens) {
            Value text = tokens.ne(graph.vocabulary().pad()).toFloat().expand(2);
            Value sum = encoder.encode(graph, tokens).hidden().mul(text).sum(1);
            return sum.div(sum.mul(sum).sum(1).add(1e-12).sqrt().expand(1));
        }
    }
}
