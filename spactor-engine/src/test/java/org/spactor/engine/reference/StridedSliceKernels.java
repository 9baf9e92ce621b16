package org.spactor.engine.reference;

import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Shape;
import org.spactor.engine.plan.StockAttributes;

/** SameDiff's strided slice and its gradient. */
final class StridedSliceKernels {
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
        long[] begin = attributes.integers(StockAttributes.BEGIN);
        long[] end = attributes.integers(StockAttributes.END);
        long[] strides = attributes.integers(StockAttributes.STRIDES);
        long[] lengths = new long[begin.length];
        for (int axis = 0; axis < lengths.length; axis++) {
            lengths[axis] = (end[axis] - begin[axis] + strides[axis] - 1) / strides[axis];
        }
        int[] places = new int[Math.toIntExact(Shape.elements(lengths))];
        for (int i = 0; i < places.length; i++) {
            int[] coordinates = Coordinates.of(i, lengths);
            for (int axis = 0; axis < lengths.length; axis++) {
                coordinates[axis] = (int) (begin[axis] + coordinates[axis] * strides[axis]);
            }
            places[i] = Coordinates.index(coordinates, x.shape());
        }
        return places;
    }
}
