package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.Rectifier} and its gradient. */
final class RectifierKernels {
    private RectifierKernels() {}

    static void forward(Kernel.Call call) {
        double[] values = call.input("x").reals();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(values[i], 0);
        }
        call.output("y").write(values);
    }

    static void gradient(Kernel.Call call) {
        double[] y = call.input("y").reals();
        double[] gradient = call.input("gradient").reals();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = y[i] > 0 ? gradient[i] : 0;
        }
        call.output("x-gradient").write(gradient);
    }
}
