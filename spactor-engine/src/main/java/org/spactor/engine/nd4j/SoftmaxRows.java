package org.spactor.engine.nd4j;

/** Softmax over the last side, on one thread, of operands whose elements lie one behind the other. */
interface SoftmaxRows {
    /** Prepares x ← softmax(x). */
    Step softmax(Strided x, Place place);

    /** Prepares gradient ← p ⊙ (gradient − Σ gradient ⊙ p), for probabilities p. */
    Step gradient(Strided probabilities, Strided gradient, Place place);
}
