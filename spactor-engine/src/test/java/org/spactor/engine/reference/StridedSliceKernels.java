package org.spactor.engine.reference;

import java.util.Arrays;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Shape;

/**
 * SameDiff's strided slice and its gradient. The integers are five bit masks over the axes (begin: from the first
 * element; ellipsis; end: to the last element; new axis; shrink: one element, and the axis goes away), then begins,
 * ends and strides.
 */
final class StridedSliceKernels {
    private static final int MASKS = 5;

    private StridedSliceKernels() {}

    static void forward(Kernel.Call call) {
        int[] places = places(call.input(0), call.attributes());
        for (int i = 0; i < places.length; i++) {
            call.output(0).set(i, call.input(0), places[i]);
        }
    }

    /** (x, gradient) → gradient of x. */
    static void gradient(Kernel.Call call) {
        int[] places = places(call.input(0), call.attributes());
        double[] ofX = new double[call.input(0).elements()];
        for (int i = 0; i < places.length; i++) {
            ofX[places[i]] += call.input(1).real(i);
        }
        call.output(0).write(ofX);
    }

    /** For every element of the slice its place in x. */
    private static int[] places(Tensor x, Attributes attributes) {
        long[] integers = attributes.integers("integers");
        if (integers[1] != 0 || integers[3] != 0) {
            throw new IllegalArgumentException("the reference backend has no strided slice with ellipsis or new axis");
        }
        int given = (integers.length - MASKS) / 3;
        int rank = x.rank();
        long[] lengths = x.shape();
        int[] first = new int[rank];
        int[] step = new int[rank];
        Arrays.fill(step, 1);
        for (int axis = 0; axis < given; axis++) {
            int side = x.side(axis);
            step[axis] = (int) integers[MASKS + 2 * given + axis];
            boolean shrinks = (integers[4] >> axis & 1) != 0;
            boolean fromFirst = (integers[0] >> axis & 1) != 0 && !shrinks;
            boolean toLast = (integers[2] >> axis & 1) != 0 && !shrinks;
            first[axis] = fromFirst ? 0 : fromFront(integers[MASKS + axis], side);
            int end = toLast ? side : Math.min(side, fromFront(integers[MASKS + given + axis], side));
            lengths[axis] = shrinks ? 1 : (end - first[axis] + step[axis] - 1) / step[axis];
        }
        int[] places = new int[Math.toIntExact(Shape.elements(lengths))];
        for (int i = 0; i < places.length; i++) {
            int[] coordinates = Coordinates.of(i, lengths);
            for (int axis = 0; axis < rank; axis++) {
                coordinates[axis] = first[axis] + coordinates[axis] * step[axis];
            }
            places[i] = Coordinates.index(coordinates, x.shape());
        }
        return places;
    }

    private static int fromFront(long position, int side) {
        return Math.toIntExact(position < 0 ? position + side : position);
    }
}
