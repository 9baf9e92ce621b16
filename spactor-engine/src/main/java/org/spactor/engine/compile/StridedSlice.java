package org.spactor.engine.compile;

import static org.spactor.engine.compile.StockArguments.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Shape;
import org.spactor.engine.plan.StockAttributes;

/**
 * SameDiff's strided slice. Its integers are five bit masks over the axes (begin: from the first element; ellipsis; end:
 * to the last element; new axis; shrink: one element, and the axis goes away), then begins, ends and strides for the
 * first axes, negative ones counted from the end.
 */
final class StridedSlice {
    private static final int BEGIN_MASK = 0;
    private static final int ELLIPSIS_MASK = 1;
    private static final int END_MASK = 2;
    private static final int NEW_AXIS_MASK = 3;
    private static final int SHRINK_MASK = 4;
    private static final int MASKS = 5;

    private StridedSlice() {}

    /** What is taken, without masks: see {@link StockAttributes#BEGIN} and its neighbours. */
    static Attributes resolve(StockArguments arguments) {
        long[] integers = arguments.integers();
        require(integers.length >= MASKS, "its settings must be constants, not variables");
        require(
                integers[ELLIPSIS_MASK] == 0 && integers[NEW_AXIS_MASK] == 0,
                "a slice with an ellipsis or a new axis is not verified: name every axis, and use expandDims");
        long[] sides = arguments.shape(0);
        int given = (integers.length - MASKS) / 3;
        require(given <= sides.length, "a slice of " + given + " axes");
        long[] begin = new long[sides.length];
        long[] end = sides.clone();
        long[] strides = new long[sides.length];
        Arrays.fill(strides, 1);
        List<Long> shape = new ArrayList<>();
        for (int axis = 0; axis < sides.length; axis++) {
            boolean shrinks = axis < given && isSet(integers[SHRINK_MASK], axis);
            if (axis < given) {
                boolean fromFirst = isSet(integers[BEGIN_MASK], axis) && !shrinks;
                boolean toLast = isSet(integers[END_MASK], axis);
                begin[axis] = fromFirst ? 0 : fromFront(integers[MASKS + axis], sides[axis]);
                long last = toLast ? sides[axis] : fromFront(integers[MASKS + given + axis], sides[axis]);
                end[axis] = shrinks ? begin[axis] + 1 : Math.min(last, sides[axis]);
                strides[axis] = shrinks ? 1 : integers[MASKS + 2 * given + axis];
            }
            require(
                    strides[axis] >= 1,
                    "a slice with a stride of " + strides[axis] + " is not verified: it must be 1" + " or more");
            require(
                    0 <= begin[axis] && begin[axis] < end[axis] && end[axis] <= sides[axis],
                    "[" + begin[axis] + ", " + end[axis] + ") is no part of axis " + axis + ", which has length "
                            + sides[axis]);
            if (!shrinks) {
                shape.add(length(begin[axis], end[axis], strides[axis]));
            }
        }
        return Attributes.NONE
                .with(StockAttributes.BEGIN, begin)
                .with(StockAttributes.END, end)
                .with(StockAttributes.STRIDES, strides)
                .with(StockAttributes.SHAPE, Shape.of(shape));
    }

    private static long length(long begin, long end, long stride) {
        return (end - begin + stride - 1) / stride;
    }

    private static boolean isSet(long mask, int axis) {
        return (mask >> axis & 1) != 0;
    }

    private static long fromFront(long position, long side) {
        return position < 0 ? position + side : position;
    }
}
