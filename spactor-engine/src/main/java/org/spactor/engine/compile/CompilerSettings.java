package org.spactor.engine.compile;

/**
 * Settings of a {@link PlanCompiler}.
 *
 * @param precision of the operands of matrix products
 * @param recompute what the backward pass computes again
 */
public record CompilerSettings(Precision precision, Recompute recompute) {
    /** Float32, nothing computed twice. */
    public static final CompilerSettings STANDARD = new CompilerSettings(Precision.FLOAT32, Recompute.NONE);
}
