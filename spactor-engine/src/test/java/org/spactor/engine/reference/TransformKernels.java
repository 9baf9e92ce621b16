package org.spactor.engine.reference;

import java.util.function.DoubleUnaryOperator;

/** Element by element on one operand. */
final class TransformKernels {
    private TransformKernels() {}

    static Kernel forward(DoubleUnaryOperator function) {
        return call -> {
            double[] values = call.input(0).reals();
            for (int i = 0; i < values.length; i++) {
                values[i] = function.applyAsDouble(values[i]);
            }
            call.output(0).write(values);
        };
    }

    /** (x, gradient) → gradient · derivative at x. */
    static Kernel gradient(DoubleUnaryOperator derivative) {
        return call -> {
            double[] x = call.input(0).reals();
            double[] gradient = call.input(1).reals();
            for (int i = 0; i < x.length; i++) {
                gradient[i] *= derivative.applyAsDouble(x[i]);
            }
            call.output(0).write(gradient);
        };
    }
}
