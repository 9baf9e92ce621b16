package org.spactor.engine.plan;

import java.util.Arrays;

/**
 * A tensor: a view of a buffer.
 *
 * @param buffer the memory
 * @param shape sides; none for a scalar
 * @param strides distances, in elements, between neighbours along each side
 */
public record Operand(Buffer buffer, long[] shape, long[] strides) {
    /** A view of a whole buffer in row-major order. */
    public static Operand contiguous(Buffer buffer, long... shape) {
        if (Shape.elements(shape) != buffer.elements()) {
            throw new IllegalArgumentException(
                    "a view " + Arrays.toString(shape) + " of " + buffer.elements() + " elements of " + buffer.name());
        }
        return new Operand(buffer, shape, Shape.contiguousStrides(shape));
    }

    /** Whether the elements lie one behind the other in row-major order. */
    public boolean isContiguous() {
        long expected = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1 && strides[i] != expected) {
                return false;
            }
            expected *= shape[i];
        }
        return true;
    }

    /** Number of elements. */
    public long elements() {
        return Shape.elements(shape);
    }

    @Override
    public String toString() {
        return buffer.name() + Arrays.toString(shape);
    }
}
