package org.spactor.engine.reference;

import java.util.function.DoubleBinaryOperator;

/** Element by element on two operands that are stretched to each other. */
final class BinaryKernels {
    private BinaryKernels() {}

    static Kernel forward(DoubleBinaryOperator function) {
        return call -> {
            long[] shape = call.output(0).shape();
            double[] left = call.input(0).reals();
            double[] right = call.input(1).reals();
            double[] values = new double[call.output(0).elements()];
            for (int i = 0; i < values.length; i++) {
                double x = left[Coordinates.stretched(i, shape, call.input(0).shape())];
                double y = right[Coordinates.stretched(i, shape, call.input(1).shape())];
                values[i] = function.applyAsDouble(x, y);
            }
            call.output(0).write(values);
        };
    }

    /** (x, y, gradient) → (gradient of x, gradient of y), summed over the places that an operand was stretched to. */
    static Kernel gradient(DoubleBinaryOperator byLeft, DoubleBinaryOperator byRight) {
        return call -> {
            long[] shape = call.input(2).shape();
            double[] left = call.input(0).reals();
            double[] right = call.input(1).reals();
            double[] gradient = call.input(2).reals();
            double[] ofLeft = new double[left.length];
            double[] ofRight = new double[right.length];
            for (int i = 0; i < gradient.length; i++) {
                int leftPlace = Coordinates.stretched(i, shape, call.input(0).shape());
                int rightPlace = Coordinates.stretched(i, shape, call.input(1).shape());
                double x = left[leftPlace];
                double y = right[rightPlace];
                ofLeft[leftPlace] += gradient[i] * byLeft.applyAsDouble(x, y);
                ofRight[rightPlace] += gradient[i] * byRight.applyAsDouble(x, y);
            }
            call.output(0).write(ofLeft);
            call.output(1).write(ofRight);
        };
    }
}
