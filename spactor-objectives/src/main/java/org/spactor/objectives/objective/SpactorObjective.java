package org.spactor.objectives.objective;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.corruption.TokenMaskCorruptor;

/**
 * SpacTor's hybrid objective: span corruption plus replaced token detection through a generator and a discriminator.
 *
 * <p>With X the span-corrupted inputs and M the masked positions:
 *
 * <ol>
 *   <li>The generator guesses the tokens at M from the masked inputs; L_mlm is the mean cross-entropy there.
 *   <li>One token is drawn for each position of M from the generator's softmax and put into X. No gradient flows through
 *       the draw.
 *   <li>The encoder, which is the discriminator too, reads the result. Its head says which tokens differ from X; L_rtd is
 *       the mean sigmoid cross-entropy over the tokens that are not special. A draw that equals the original is original.
 *   <li>The decoder produces the ordinary targets from the same encoding; L_sc is the mean cross-entropy.
 * </ol>
 *
 * <p>Only what the active losses need is built. With L_sc alone there is no generator and no head, and the encoder reads X
 * itself: the graph is that of {@link SpanCorruptionObjective}. As soon as L_mlm or L_rtd is active, the encoder reads the
 * replaced tokens.
 *
 * <p>Source: Ye et al., <i>SpacTor-T5</i>, 2024 (arXiv 2401.13160); the details of generator and discriminator follow
 * Clark et al., <i>ELECTRA</i>, 2020.
 */
public final class SpactorObjective implements Objective {
    private final SpactorOptions options;
    private final Vocabulary vocabulary;

    /** An objective for tokens of a vocabulary. */
    public SpactorObjective(SpactorOptions options, Vocabulary vocabulary) {
        this.options = options;
        this.vocabulary = vocabulary;
    }

    @Override
    public List<String> losses() {
        return List.of(Losses.SPAN_CORRUPTION, Losses.MASKED_LANGUAGE_MODELLING, Losses.REPLACED_TOKEN_DETECTION);
    }

    @Override
    public List<String> validationLosses() {
        return List.of(Losses.SPAN_CORRUPTION);
    }

    @Override
    public Set<Class<? extends Part>> needs(Set<String> active) {
        Set<Class<? extends Part>> parts = new HashSet<>();
        if (generates(active)) {
            parts.add(TokenGenerator.class);
        }
        if (encodes(active)) {
            parts.add(Encoder.class);
        }
        if (active.contains(Losses.SPAN_CORRUPTION)) {
            parts.add(Decoder.class);
        }
        return parts;
    }

    @Override
    public void build(Graph graph, Architecture architecture, Set<String> active) {
        Value tokens = graph.feature(Feature.INPUTS);
        Value read = generates(active) ? replaceTokens(graph, architecture, tokens, active) : tokens;
        if (!encodes(active)) {
            return;
        }
        Encoder.Encoded encoded = architecture.require(Encoder.class).encode(graph, read);
        if (active.contains(Losses.REPLACED_TOKEN_DETECTION)) {
            detect(graph, encoded, tokens);
        }
        if (active.contains(Losses.SPAN_CORRUPTION)) {
            SpanCorruptionObjective.decode(graph, architecture, encoded);
        }
    }

    private static boolean generates(Set<String> active) {
        return active.contains(Losses.MASKED_LANGUAGE_MODELLING) || active.contains(Losses.REPLACED_TOKEN_DETECTION);
    }

    /** With L_mlm alone the generator learns alone. */
    private static boolean encodes(Set<String> active) {
        return active.contains(Losses.REPLACED_TOKEN_DETECTION) || active.contains(Losses.SPAN_CORRUPTION);
    }

    /** The inputs with the generator's guesses in them; adds the generator's loss. */
    private Value replaceTokens(Graph graph, Architecture architecture, Value tokens, Set<String> active) {
        Value positions = graph.feature(TokenMaskCorruptor.MASKED_POSITIONS);
        TokenGenerator generator = architecture.require(TokenGenerator.class);
        Value logits = generator.generate(graph, graph.feature(TokenMaskCorruptor.MASKED_INPUTS), positions);
        if (active.contains(Losses.MASKED_LANGUAGE_MODELLING)) {
            Value originals = graph.tokensAt(tokens, positions);
            graph.loss(Losses.MASKED_LANGUAGE_MODELLING, graph.crossEntropy(logits, originals, Feature.Domain.NONE));
            graph.metric("accuracy.mlm", graph.accuracy(logits, originals, Feature.Domain.NONE));
        }
        return graph.replaceTokens(tokens, positions, graph.sampleCategorical(logits, options.temperature()));
    }

    private void detect(Graph graph, Encoder.Encoded encoded, Value tokens) {
        int[] excluded = excluded();
        Value labels = graph.replacementLabels(tokens, encoded.tokens(), excluded);
        Value logits = head(graph, encoded.hidden());
        Value sum = graph.sigmoidCrossEntropy(logits, labels).sum();
        // the number of tokens that count does not depend on what was drawn, so it is taken from the inputs alone
        Value count = graph.countAnswers(graph.replacementLabels(tokens, tokens, excluded));
        graph.loss(Losses.REPLACED_TOKEN_DETECTION, new TokenSum(sum, count));
        Graph.Detection detection = graph.detection(logits, labels);
        graph.metric("accuracy.rtd", detection.accuracy());
        graph.metric("precision.rtd", detection.precision());
        graph.metric("recall.rtd", detection.recall());
        graph.metric("share.replaced", detection.share());
    }

    /** [B, T, 1] logits: above 0 means replaced. */
    private Value head(Graph graph, Value hidden) {
        long width = hidden.size(2);
        Initializer initializer = Initializer.normal(Math.pow((double) width, -0.5));
        Value output = graph.parameter("discriminator.output.weight", initializer, 1, width);
        if (options.head() == SpactorOptions.Head.LINEAR) {
            return graph.linear(hidden, output);
        }
        Value dense = graph.parameter("discriminator.dense.weight", initializer, width, width);
        return graph.linear(graph.gelu(graph.linear(hidden, dense)), output);
    }

    /** Tokens that do not count in the loss of detection. */
    private int[] excluded() {
        List<Integer> ids = new ArrayList<>();
        ids.add(vocabulary.pad());
        if (!options.detectsSpecialTokens()) {
            ids.add(vocabulary.end());
            for (int k = 0; k < vocabulary.sentinels(); k++) {
                ids.add(vocabulary.sentinel(k));
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
