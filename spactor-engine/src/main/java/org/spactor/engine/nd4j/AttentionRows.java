package org.spactor.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What attention does between its matrix products, on all heads at once. */
interface AttentionRows {
    /**
     * Scores become probabilities, in place: softmax over the last side of score + bias + mask.
     *
     * @param scores [B, H, Tq, Tk]
     * @param bias [H, Tq, Tk], or null
     * @param keyTokens [B, Tk]; keys whose token is 0 are masked; or null
     * @param causal whether keys behind the query are masked
     */
    Step softmax(INDArray scores, INDArray bias, INDArray keyTokens, boolean causal, Nd4jMemory memory);

    /**
     * gradient ← p ⊙ (gradient − Σ over the last side of gradient ⊙ p), for probabilities p.
     *
     * @param sum the sum of the new gradient over the batch, [H, Tq, Tk]; or null
     */
    Step softmaxGradient(INDArray probabilities, INDArray gradient, INDArray sum, Nd4jMemory memory);
}
