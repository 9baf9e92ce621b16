package org.spactor.engine.compile;

/** What the backward pass computes again instead of finding it in memory. */
public enum Recompute {
    /** Nothing: everything that it needs is kept. */
    NONE,
    /** What is inside of a block; what a block begins with is kept. A third more floating-point operations. */
    BLOCKS
}
