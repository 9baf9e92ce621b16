package org.spactor.engine.compile;

/**
 * Settings of a {@link PlanCompiler}.
 *
 * @param admitUnverified whether stock operations whose gradients nobody has checked are let through
 * @param precision of the operands of matrix products
 * @param recompute what the backward pass computes again
 */
public record CompilerSettings(boolean admitUnverified, Precision precision, Recompute recompute) {
    /** Only verified operations, float32, nothing computed twice. */
    public static final CompilerSettings STANDARD = new CompilerSettings(false, Precision.FLOAT32, Recompute.NONE);
}
