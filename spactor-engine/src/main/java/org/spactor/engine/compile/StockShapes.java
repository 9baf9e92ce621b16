package org.spactor.engine.compile;

import static org.spactor.engine.compile.StockArguments.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Shape;
import org.spactor.engine.plan.StockAttributes;

/**
 * The shapes of what SameDiff's own operations make. They are not asked of ND4J: it wants the operands as arrays, and
 * allocates them.
 */
final class StockShapes {
    private StockShapes() {}

    /** The shape of the first input. */
    static List<long[]> first(Attributes attributes, List<long[]> inputs, int outputs) {
        return List.of(inputs.get(0));
    }

    /** The shape of the first input, which has the axis. */
    static List<long[]> firstWithAxis(Attributes attributes, List<long[]> inputs, int outputs) {
        axis(attributes, inputs.get(0).length);
        return List.of(inputs.get(0));
    }

    /** The shapes of all inputs but the last, which is the gradient. */
    static List<long[]> allButGradient(Attributes attributes, List<long[]> inputs, int outputs) {
        return List.copyOf(inputs.subList(0, inputs.size() - 1));
    }

    static List<long[]> stretched(Attributes attributes, List<long[]> inputs, int outputs) {
        return List.of(Shape.broadcast(inputs.get(0), inputs.get(1)));
    }

    static List<long[]> given(Attributes attributes, List<long[]> inputs, int outputs) {
        return List.of(attributes.integers(StockAttributes.SHAPE));
    }

    static List<long[]> permuted(Attributes attributes, List<long[]> inputs, int outputs) {
        long[] permutation = attributes.integers(StockAttributes.PERMUTATION);
        long[] sides = inputs.get(0);
        long[] sorted = permutation.clone();
        Arrays.sort(sorted);
        long[] all = new long[sides.length];
        Arrays.setAll(all, side -> side);
        require(Arrays.equals(sorted, all), "a permutation " + Arrays.toString(permutation));
        long[] shape = new long[sides.length];
        Arrays.setAll(shape, side -> sides[(int) permutation[side]]);
        return List.of(shape);
    }

    static List<long[]> reduced(Attributes attributes, List<long[]> inputs, int outputs) {
        require(inputs.size() == 1, "the axes must be constants, not variables");
        long[] axes = attributes.integers(StockAttributes.AXES);
        long[] sides = inputs.get(0);
        for (long axis : axes) {
            require(axis < sides.length, "there is no axis " + axis);
        }
        List<Long> shape = new ArrayList<>();
        for (int side = 0; side < sides.length; side++) {
            int axis = side;
            boolean gone = Arrays.stream(axes).anyMatch(a -> a == axis);
            if (!gone) {
                shape.add(sides[side]);
            } else if (attributes.flag(StockAttributes.KEEP_DIMENSIONS)) {
                shape.add(1L);
            }
        }
        return List.of(Shape.of(shape));
    }

    static List<long[]> product(Attributes attributes, List<long[]> inputs, int outputs) {
        long[] left = inputs.get(0);
        long[] right = inputs.get(1);
        int rank = left.length;
        require(rank >= 2 && right.length == rank, "matrix products are of operands of equal rank, 2 or more");
        boolean turned = attributes.flag(StockAttributes.TRANSPOSE_LEFT);
        boolean rightTurned = attributes.flag(StockAttributes.TRANSPOSE_RIGHT);
        long rows = left[turned ? rank - 1 : rank - 2];
        long inner = left[turned ? rank - 2 : rank - 1];
        long columns = right[rightTurned ? rank - 2 : rank - 1];
        require(
                inner == right[rightTurned ? rank - 1 : rank - 2]
                        && Arrays.equals(left, 0, rank - 2, right, 0, rank - 2),
                "left must be [..., m, k] and right [..., k, n], with the same sides before");
        boolean productTurned = attributes.flag(StockAttributes.TRANSPOSE_PRODUCT);
        long[] shape = left.clone();
        shape[rank - 2] = productTurned ? columns : rows;
        shape[rank - 1] = productTurned ? rows : columns;
        return List.of(shape);
    }

    static List<long[]> concatenated(Attributes attributes, List<long[]> inputs, int outputs) {
        long[] shape = inputs.get(0).clone();
        int axis = axis(attributes, shape.length);
        shape[axis] = 0;
        for (long[] part : inputs) {
            require(part.length == shape.length, "the parts must have the same rank");
            long[] others = part.clone();
            others[axis] = shape[axis];
            require(Arrays.equals(others, shape), "the parts must have the same sides but for axis " + axis);
            shape[axis] += part[axis];
        }
        return List.of(shape);
    }

    static List<long[]> stacked(Attributes attributes, List<long[]> inputs, int outputs) {
        long[] slice = inputs.get(0);
        require(inputs.stream().allMatch(other -> Arrays.equals(other, slice)), "the slices must have the same shape");
        return List.of(Shape.insert(slice, axis(attributes, slice.length + 1), inputs.size()));
    }

    static List<long[]> slices(Attributes attributes, List<long[]> inputs, int outputs) {
        long[] sides = inputs.get(0);
        int axis = axis(attributes, sides.length);
        require(sides[axis] == outputs, "axis " + axis + " of length " + sides[axis] + " gives as many slices");
        return Collections.nCopies(outputs, Shape.without(sides, axis));
    }

    static List<long[]> parts(Attributes attributes, List<long[]> inputs, int outputs) {
        long[] part = inputs.get(0).clone();
        int axis = axis(attributes, part.length);
        require(part[axis] % outputs == 0, "axis " + axis + " cannot be divided into " + outputs + " equal parts");
        part[axis] /= outputs;
        return Collections.nCopies(outputs, part);
    }

    static List<long[]> tiled(Attributes attributes, List<long[]> inputs, int outputs) {
        long[] repetitions = attributes.integers(StockAttributes.REPETITIONS);
        long[] shape = inputs.get(0).clone();
        require(repetitions.length == shape.length, "there must be a number of repetitions for each side");
        for (int side = 0; side < shape.length; side++) {
            require(repetitions[side] >= 1, "repetitions " + Arrays.toString(repetitions));
            shape[side] *= repetitions[side];
        }
        return List.of(shape);
    }

    private static int axis(Attributes attributes, int rank) {
        int axis = attributes.number(StockAttributes.AXIS);
        require(axis < rank, "there is no axis " + axis);
        return axis;
    }
}
