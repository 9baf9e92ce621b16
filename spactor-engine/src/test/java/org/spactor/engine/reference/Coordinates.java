package org.spactor.engine.reference;

/** Row-major indices and the coordinates they stand for. */
final class Coordinates {
    private Coordinates() {}

    /** Coordinates of an index in a shape. */
    static int[] of(int index, long[] shape) {
        int[] coordinates = new int[shape.length];
        int rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            coordinates[axis] = rest % (int) shape[axis];
            rest /= (int) shape[axis];
        }
        return coordinates;
    }

    /** The index of coordinates in a shape. */
    static int index(int[] coordinates, long[] shape) {
        int index = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            index = index * (int) shape[axis] + coordinates[axis];
        }
        return index;
    }

    /** Where an operand that is stretched to a shape has the element that stands at an index of the shape. */
    static int stretched(int index, long[] shape, long[] operand) {
        int[] coordinates = of(index, shape);
        int[] own = new int[operand.length];
        for (int axis = 0; axis < operand.length; axis++) {
            own[axis] = operand[axis] == 1 ? 0 : coordinates[axis + shape.length - operand.length];
        }
        return index(own, operand);
    }
}
