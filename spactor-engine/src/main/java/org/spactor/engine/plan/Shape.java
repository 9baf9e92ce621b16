package org.spactor.engine.plan;

import java.util.Arrays;
import java.util.Collection;

/** Arithmetic on shapes; row-major (C order) throughout. */
public final class Shape {
    private Shape() {}

    /** Number of elements; 1 for a scalar. */
    public static long elements(long... shape) {
        long elements = 1;
        for (long side : shape) {
            elements = Math.multiplyExact(elements, side);
        }
        return elements;
    }

    /** The last side. */
    public static long columns(long... shape) {
        return shape[shape.length - 1];
    }

    /** Product of all sides but the last. */
    public static long rows(long... shape) {
        return elements(shape) / Math.max(1, columns(shape));
    }

    /** A shape with its last side replaced. */
    public static long[] withColumns(long[] shape, long columns) {
        long[] changed = shape.clone();
        changed[changed.length - 1] = columns;
        return changed;
    }

    /** A shape with one side more. */
    public static long[] append(long[] shape, long side) {
        long[] longer = Arrays.copyOf(shape, shape.length + 1);
        longer[shape.length] = side;
        return longer;
    }

    /** A shape with one side more, before the one that had its place. */
    public static long[] insert(long[] shape, int place, long side) {
        long[] longer = new long[shape.length + 1];
        for (int i = 0; i < longer.length; i++) {
            longer[i] = i == place ? side : shape[i < place ? i : i - 1];
        }
        return longer;
    }

    /** A shape without one of its sides. */
    public static long[] without(long[] shape, int place) {
        long[] shorter = new long[shape.length - 1];
        for (int i = 0; i < shorter.length; i++) {
            shorter[i] = shape[i < place ? i : i + 1];
        }
        return shorter;
    }

    /** A shape from its sides. */
    public static long[] of(Collection<Long> sides) {
        return sides.stream().mapToLong(Long::longValue).toArray();
    }

    /** A shape without its last side. */
    public static long[] withoutColumns(long[] shape) {
        return Arrays.copyOf(shape, shape.length - 1);
    }

    /** Distances between neighbours along each side when nothing lies between them. */
    public static long[] contiguousStrides(long... shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    /**
     * The shape of an element-wise operation on two operands that are stretched to each other, NumPy's rules.
     *
     * @throws IllegalArgumentException if they do not fit
     */
    public static long[] broadcast(long[] left, long[] right) {
        int rank = Math.max(left.length, right.length);
        long[] shape = new long[rank];
        for (int i = 0; i < rank; i++) {
            long l = i < rank - left.length ? 1 : left[i - (rank - left.length)];
            long r = i < rank - right.length ? 1 : right[i - (rank - right.length)];
            if (l != r && l != 1 && r != 1) {
                throw new IllegalArgumentException(
                        "shapes " + Arrays.toString(left) + " and " + Arrays.toString(right) + " do not fit");
            }
            shape[i] = Math.max(l, r);
        }
        return shape;
    }
}
