package org.spactor.api.architecture;

import org.apiguardian.api.API;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;

/** Guesses masked tokens: the generator of replaced token detection, a small bidirectional encoder of its own. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface TokenGenerator extends Part {
    /**
     * Guesses masked tokens.
     *
     * @param tokens [B, T] ids, some of them the mask
     * @param positions [B, M] positions to guess; −1 where there is none
     * @return [B, M, V] logits
     */
    Value generate(Graph graph, Value tokens, Value positions);
}
