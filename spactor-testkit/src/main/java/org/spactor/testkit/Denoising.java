package org.spactor.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.CausalDecoder;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;

/**
 * The objective that architectures are tested with: a loss for each way of reading that the architecture offers. Decoders
 * produce the targets; encoder and generator say which tokens the inputs have at some positions.
 *
 * @param losses those of the parts that there are
 * @param times how often every part is built; only the last one counts
 */
record Denoising(List<String> losses, int times) implements Objective {
    static final String ENCODER = "encoder";
    static final String DECODER = "decoder";
    static final String CAUSAL = "causal-decoder";
    static final String PREFIX = "causal-decoder-with-prefix";
    static final String GENERATOR = "generator";

    /** Positions whose tokens encoder and generator guess. */
    static final Feature POSITIONS = Feature.positions("testkit-positions", Feature.INPUTS);

    /** The first tokens that a decoder is asked for; the others it only reads. */
    static final Feature LABELS = Feature.tokens("testkit-labels");

    /** 1 where what a decoder reads is prefix. */
    static final Feature IN_PREFIX = Feature.labels("testkit-prefix", 2);

    /** What can be asked of an architecture. */
    static Denoising of(Architecture architecture) {
        List<String> losses = new ArrayList<>();
        if (architecture.part(Encoder.class).isPresent()) {
            losses.add(ENCODER);
        }
        if (architecture.part(Decoder.class).isPresent()) {
            losses.add(DECODER);
        }
        if (architecture.part(CausalDecoder.class).isPresent()) {
            losses.add(CAUSAL);
            losses.add(PREFIX);
        }
        if (architecture.part(TokenGenerator.class).isPresent()) {
            losses.add(GENERATOR);
        }
        return new Denoising(List.copyOf(losses), 1);
    }

    /** The same with every part built several times. */
    Denoising repeated(int more) {
        return new Denoising(losses, more);
    }

    @Override
    public Set<Class<? extends Part>> needs(Set<String> active) {
        throw new UnsupportedOperationException("the contract looks for the parts itself");
    }

    @Override
    public void build(Graph graph, Architecture architecture, Set<String> active) {
        for (String loss : losses) {
            if (active.contains(loss)) {
                boolean decodes = !loss.equals(ENCODER) && !loss.equals(GENERATOR);
                int ignored = decodes ? graph.vocabulary().pad() : Feature.Domain.NONE;
                graph.loss(
                        loss, graph.crossEntropy(logits(graph, architecture, loss), labels(graph, decodes), ignored));
            }
        }
    }

    private static Value labels(Graph graph, boolean decodes) {
        return decodes
                ? graph.feature(LABELS)
                : graph.tokensAt(graph.feature(Feature.INPUTS), graph.feature(POSITIONS));
    }

    private Value logits(Graph graph, Architecture architecture, String loss) {
        Value logits = null;
        for (int time = 0; time < times; time++) {
            logits = switch (loss) {
                case ENCODER -> encoded(graph, architecture.require(Encoder.class));
                case DECODER -> decoded(graph, architecture);
                case CAUSAL -> continued(graph, architecture.require(CausalDecoder.class), null);
                case PREFIX -> continued(graph, architecture.require(CausalDecoder.class), prefix(graph));
                case GENERATOR ->
                    architecture
                            .require(TokenGenerator.class)
                            .generate(graph, graph.feature(Feature.INPUTS), graph.feature(POSITIONS));
                default -> throw new IllegalArgumentException(loss);
            };
        }
        return logits;
    }

    /** A head of the testkit's own on the hidden states. */
    private static Value encoded(Graph graph, Encoder encoder) {
        Value hidden = encoder.encode(graph, graph.feature(Feature.INPUTS)).hidden();
        long width = hidden.size(-1);
        Initializer initializer = Initializer.normal(Math.pow(width, -0.5));
        Value head = graph.parameter(
                "testkit.head.weight", initializer, graph.vocabulary().size(), width);
        return graph.linear(graph.statesAt(hidden, graph.feature(POSITIONS)), head);
    }

    private static Value decoded(Graph graph, Architecture architecture) {
        Encoder.Encoded encoded = architecture.require(Encoder.class).encode(graph, graph.feature(Feature.INPUTS));
        Decoder decoder = architecture.require(Decoder.class);
        return decoder.project(graph, decoder.decode(graph, encoded, read(graph)));
    }

    private static Value continued(Graph graph, CausalDecoder decoder, Value prefix) {
        return decoder.project(graph, decoder.decode(graph, read(graph), prefix));
    }

    /** What decoders read: targets under teacher forcing. */
    static Value read(Graph graph) {
        return graph.shiftRight(
                graph.feature(Feature.TARGETS), graph.vocabulary().pad());
    }

    static Value prefix(Graph graph) {
        return graph.feature(IN_PREFIX).eq(1);
    }
}
