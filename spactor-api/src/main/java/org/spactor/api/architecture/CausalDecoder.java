package org.spactor.api.architecture;

import org.apiguardian.api.API;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;

/** Continues a text on its own: a decoder without an encoder. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface CausalDecoder extends Part {
    /**
     * Reads tokens, every position seeing those up to itself, and those of the prefix.
     *
     * @param tokens [B, T] ids
     * @param prefix [B, T] INT: other than 0 where a token is seen from every position; null if none is
     * @return [B, T, d] hidden states, ready for {@link #project}
     */
    Value decode(Graph graph, Value tokens, Value prefix);

    /**
     * Projects hidden states to the vocabulary.
     *
     * @param hidden [..., d]
     * @return [..., V] logits
     */
    Value project(Graph graph, Value hidden);
}
