package org.spactor.api.architecture;

import java.util.Map;
import org.apiguardian.api.API;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.graph.Graph;

/**
 * A family of networks: declares parameters and builds sub-networks in a graph. Every method may be called in any number
 * of graphs; {@link Graph#parameter} gives the same parameter for the same name, so that sub-networks built by separate
 * calls share it.
 *
 * <p>B is the number of examples, T the length of a sequence, d the width of the model ({@code d_model}), V the rows of
 * the vocabulary.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Architecture {
    /**
     * Encodes tokens.
     *
     * @param tokens [B, T] ids, 0 where padded
     * @return the hidden states, and what a decoder needs besides
     */
    Encoded encode(Graph graph, SDVariable tokens);

    /**
     * Decodes with teacher forcing.
     *
     * @param encoded what {@link #encode} returned in the same graph
     * @param tokens [B, T] ids that the decoder reads: the targets, shifted right
     * @return [B, T, d] hidden states, ready for {@link #project}
     */
    SDVariable decode(Graph graph, Encoded encoded, SDVariable tokens);

    /**
     * Projects hidden states of the decoder to the vocabulary.
     *
     * @param hidden [..., d]
     * @return [..., V] logits
     */
    SDVariable project(Graph graph, SDVariable hidden);

    /**
     * Guesses masked tokens with the generator: a small bidirectional encoder of its own.
     *
     * @param tokens [B, T] ids, some of them the mask
     * @param positions [B, M] positions to guess; −1 where there is none
     * @return [B, M, V] logits
     */
    SDVariable generate(Graph graph, SDVariable tokens, SDVariable positions);

    /** Width d of the hidden states that {@link #encode} and {@link #decode} give. */
    int width();

    /** The resolved dimensions by name, for reports and exports; for instance {@code d-model} = 512. */
    Map<String, Object> dimensions();

    /**
     * An encoder's output.
     *
     * @param hidden [B, T, d]
     * @param tokens [B, T], the ids that were encoded: where they are 0 nothing is to be attended to
     */
    record Encoded(SDVariable hidden, SDVariable tokens) {}
}
