package org.spactor.engine.plan;

/** What the elements of a buffer are. */
public enum ElementType {
    FLOAT32(4),
    /** The upper half of a float32: its range with eight bits of precision. Only operands of matrix products are that. */
    BFLOAT16(2),
    /** Only sums over many elements are that. */
    FLOAT64(8),
    INT32(4),
    INT64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Size of an element. */
    public int bytes() {
        return bytes;
    }
}
