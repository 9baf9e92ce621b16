package org.spactor.api.architecture;

import org.apiguardian.api.API;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;

/** Produces tokens from what an {@link Encoder} has read. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface Decoder extends Part {
    /**
     * Decodes with teacher forcing.
     *
     * @param encoded what {@link Encoder#encode} returned in the same graph
     * @param tokens [B, T] ids that the decoder reads: the targets, shifted right
     * @return [B, T, d] hidden states, ready for {@link #project}
     */
    Value decode(Graph graph, Encoder.Encoded encoded, Value tokens);

    /**
     * Projects hidden states to the vocabulary.
     *
     * @param hidden [..., d]
     * @return [..., V] logits
     */
    Value project(Graph graph, Value hidden);
}
