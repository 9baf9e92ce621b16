package org.spactor.engine.reference;

import java.util.List;
import org.spactor.engine.plan.StockAttributes;

/** What only moves elements, of any type. */
final class MovementKernels {
    private MovementKernels() {}

    static void copy(Kernel.Call call) {
        for (int i = 0; i < call.output(0).elements(); i++) {
            call.output(0).set(i, call.input(0), i);
        }
    }

    static void zeros(Kernel.Call call) {
        for (int i = 0; i < call.output(0).elements(); i++) {
            call.output(0).set(i, 0L);
        }
    }

    static void concat(Kernel.Call call) {
        int axis = call.attributes().number(StockAttributes.AXIS);
        moveParts(call.inputs(), call.output(0), axis, (part, i, whole, j) -> whole.set(j, part, i));
    }

    /** (parts, gradient) → gradients of the parts. */
    static void concatGradient(Kernel.Call call) {
        int axis = call.attributes().number(StockAttributes.AXIS);
        Tensor gradient = call.input(call.inputs().size() - 1);
        moveParts(call.outputs(), gradient, axis, (part, i, whole, j) -> part.set(i, whole, j));
    }

    static void split(Kernel.Call call) {
        int axis = call.attributes().number(StockAttributes.AXIS);
        moveParts(call.outputs(), call.input(0), axis, (part, i, whole, j) -> part.set(i, whole, j));
    }

    static void stack(Kernel.Call call) {
        int axis = call.attributes().number(StockAttributes.AXIS);
        moveSlices(call.inputs(), call.output(0), axis, (part, i, whole, j) -> whole.set(j, part, i));
    }

    static void unstack(Kernel.Call call) {
        int axis = call.attributes().number(StockAttributes.AXIS);
        moveSlices(call.outputs(), call.input(0), axis, (part, i, whole, j) -> part.set(i, whole, j));
    }

    static void tile(Kernel.Call call) {
        Tensor x = call.input(0);
        Tensor tiled = call.output(0);
        for (int i = 0; i < tiled.elements(); i++) {
            tiled.set(i, x, wrapped(i, tiled.shape(), x.shape()));
        }
    }

    /** (x, gradient) → gradient of x. */
    static void tileGradient(Kernel.Call call) {
        Tensor x = call.input(0);
        Tensor gradient = call.input(1);
        double[] ofX = new double[x.elements()];
        for (int i = 0; i < gradient.elements(); i++) {
            ofX[wrapped(i, gradient.shape(), x.shape())] += gradient.real(i);
        }
        call.output(0).write(ofX);
    }

    private static int wrapped(int index, long[] shape, long[] inner) {
        int[] coordinates = Coordinates.of(index, shape);
        for (int axis = 0; axis < inner.length; axis++) {
            coordinates[axis] %= (int) inner[axis];
        }
        return Coordinates.index(coordinates, inner);
    }

    private static void moveParts(List<Tensor> parts, Tensor whole, int axis, Move move) {
        int start = 0;
        for (Tensor part : parts) {
            for (int i = 0; i < part.elements(); i++) {
                int[] coordinates = Coordinates.of(i, part.shape());
                coordinates[axis] += start;
                move.move(part, i, whole, Coordinates.index(coordinates, whole.shape()));
            }
            start += part.side(axis);
        }
    }

    private static void moveSlices(List<Tensor> slices, Tensor whole, int axis, Move move) {
        for (int slice = 0; slice < slices.size(); slice++) {
            Tensor part = slices.get(slice);
            for (int i = 0; i < part.elements(); i++) {
                int[] inner = Coordinates.of(i, part.shape());
                int[] coordinates = new int[inner.length + 1];
                for (int a = 0; a < coordinates.length; a++) {
                    coordinates[a] = a == axis ? slice : inner[a < axis ? a : a - 1];
                }
                move.move(part, i, whole, Coordinates.index(coordinates, whole.shape()));
            }
        }
    }

    /** Moves an element between a part and the whole. */
    @FunctionalInterface
    private interface Move {
        void move(Tensor part, int partIndex, Tensor whole, int wholeIndex);
    }
}
