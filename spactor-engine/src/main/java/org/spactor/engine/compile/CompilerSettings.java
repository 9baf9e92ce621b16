package org.spactor.engine.compile;

/**
 * Settings of a {@link PlanCompiler}.
 *
 * @param precision of the operands of matrix products
 * @param recompute what the backward pass computes again
 * @param fusesAttention whether attention on bfloat16 operands keeps no probabilities, for backends that
 *     {@linkplain org.spactor.engine.backend.Backend#fusesAttention() compute it so}
 */
public record CompilerSettings(Precision precision, Recompute recompute, boolean fusesAttention) {
    /** Float32, nothing computed twice. */
    public static final CompilerSettings STANDARD = new CompilerSettings(Precision.FLOAT32, Recompute.NONE);

    /** Settings for every backend: attention keeps its probabilities. */
    public CompilerSettings(Precision precision, Recompute recompute) {
        this(precision, recompute, false);
    }

    /** The same for a backend that computes attention in one piece, or for one that does not. */
    public CompilerSettings fusingAttention(boolean fuses) {
        return new CompilerSettings(precision, recompute, fuses);
    }
}
