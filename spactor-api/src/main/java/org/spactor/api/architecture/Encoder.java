package org.spactor.api.architecture;

import org.apiguardian.api.API;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;

/** Reads tokens, every position seeing all others. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface Encoder extends Part {
    /**
     * Encodes tokens.
     *
     * @param tokens [B, T] ids, {@code <pad>} where there is nothing
     * @return the hidden states, and what a decoder needs besides
     */
    Encoded encode(Graph graph, Value tokens);

    /**
     * An encoder's output.
     *
     * @param hidden [B, T, d]
     * @param tokens [B, T], the ids that were encoded: where they are {@code <pad>} nothing is to be attended to
     */
    record Encoded(Value hidden, Value tokens) {}
}
