package org.spactor.engine.compile;

/** What the operands of matrix products are. Everything else is float32: parameters, sums, norms, softmax, losses. */
public enum Precision {
    /** As they are computed. */
    FLOAT32,
    /** Rounded to bfloat16; products are summed in float32. */
    BFLOAT16
}
