package org.spactor.engine.compile;

import static org.spactor.engine.compile.StockArguments.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Shape;
import org.spactor.engine.plan.StockAttributes;

/** What the arguments of SameDiff's own operations mean, by name. */
final class StockSettings {
    /** ND4J's way of saying row-major: the character c, negative. */
    private static final long ROW_MAJOR = -'c';

    private static final long FREE = -1;

    private StockSettings() {}

    static Attributes none(StockArguments arguments) {
        return Attributes.NONE;
    }

    static Attributes axis(StockArguments arguments) {
        return Attributes.NONE.with(StockAttributes.AXIS, arguments.integer(0));
    }

    /** (number of parts, axis). */
    static Attributes split(StockArguments arguments) {
        return Attributes.NONE.with(StockAttributes.AXIS, arguments.integer(1));
    }

    /** The axes, all if none is named; and whether they stay. */
    static Attributes reduction(StockArguments arguments) {
        long[] axes = arguments.integers().clone();
        if (axes.length == 0) {
            axes = new long[arguments.shape(0).length];
            Arrays.setAll(axes, axis -> axis);
        }
        return Attributes.NONE
                .with(StockAttributes.AXES, axes)
                .with(StockAttributes.KEEP_DIMENSIONS, arguments.flag(0));
    }

    /** Whether left, right and product are transposed; then the factors of the product and of what was there. */
    static Attributes product(StockArguments arguments) {
        double[] factors = arguments.reals();
        require(
                factors.length == 0 || factors[0] == 1 && (factors.length == 1 || factors[1] == 0),
                "a matrix product with factors " + Arrays.toString(factors) + " is not verified: multiply afterwards");
        return Attributes.NONE
                .with(StockAttributes.TRANSPOSE_LEFT, arguments.integer(0) != 0)
                .with(StockAttributes.TRANSPOSE_RIGHT, arguments.integer(1) != 0)
                .with(StockAttributes.TRANSPOSE_PRODUCT, arguments.integer(2) != 0);
    }

    static Attributes repetitions(StockArguments arguments) {
        return Attributes.NONE.with(
                StockAttributes.REPETITIONS, arguments.integers().clone());
    }

    static Attributes permutation(StockArguments arguments) {
        return Attributes.NONE.with(
                StockAttributes.PERMUTATION, arguments.integers().clone());
    }

    static Attributes reversal(StockArguments arguments) {
        int rank = arguments.shape(0).length;
        long[] permutation = new long[rank];
        Arrays.setAll(permutation, side -> rank - 1 - side);
        return Attributes.NONE.with(StockAttributes.PERMUTATION, permutation);
    }

    /** The sides, of which one may be free, behind the order; or as a constant. */
    static Attributes reshape(StockArguments arguments) {
        long[] integers = arguments.integers();
        require(
                integers.length == 0 || integers[0] >= FREE || integers[0] == ROW_MAJOR,
                "a reshape in another order than row-major is not verified");
        int first = integers.length > 0 && integers[0] == ROW_MAJOR ? 1 : 0;
        long[] shape = arguments.inputs().size() > 1
                ? constant(arguments.inputs().get(1))
                : Arrays.copyOfRange(integers, first, integers.length);
        long known = 1;
        int free = -1;
        for (int side = 0; side < shape.length; side++) {
            require(shape[side] > 0 || shape[side] == FREE && free < 0, "a reshape to " + Arrays.toString(shape));
            free = shape[side] == FREE ? side : free;
            known *= shape[side] == FREE ? 1 : shape[side];
        }
        long elements = Shape.elements(arguments.shape(0));
        if (free >= 0) {
            shape[free] = elements / known;
        }
        require(Shape.elements(shape) == elements, elements + " elements do not fit into " + Arrays.toString(shape));
        return shape(shape);
    }

    static Attributes expansion(StockArguments arguments) {
        long[] shape = arguments.shape(0);
        long axis = fromFront(arguments.integer(0), shape.length + 1);
        return shape(Shape.insert(shape, Math.toIntExact(axis), 1));
    }

    /** The axes that go, all of length 1 if none is named. */
    static Attributes squeezing(StockArguments arguments) {
        long[] shape = arguments.shape(0);
        boolean[] goes = new boolean[shape.length];
        for (long named : arguments.integers()) {
            int axis = Math.toIntExact(fromFront(named, shape.length));
            require(shape[axis] == 1, "axis " + axis + " is not of length 1");
            goes[axis] = true;
        }
        List<Long> sides = new ArrayList<>();
        for (int axis = 0; axis < shape.length; axis++) {
            boolean gone = arguments.integers().length == 0 ? shape[axis] == 1 : goes[axis];
            if (!gone) {
                sides.add(shape[axis]);
            }
        }
        return shape(Shape.of(sides));
    }

    static Attributes sameShape(StockArguments arguments) {
        return shape(arguments.shape(0));
    }

    private static Attributes shape(long[] shape) {
        return Attributes.NONE.with(StockAttributes.SHAPE, shape);
    }

    private static long fromFront(long axis, int rank) {
        long positive = axis < 0 ? axis + rank : axis;
        require(0 <= positive && positive < rank, "there is no axis " + axis);
        return positive;
    }

    private static long[] constant(Value value) {
        require(
                value.origin() instanceof Value.Origin.Constant,
                "its settings must be constants, but '" + value.name() + "' is not");
        double[] numbers = ((Value.Origin.Constant) value.origin()).values();
        return Arrays.stream(numbers).mapToLong(number -> (long) number).toArray();
    }
}
