package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.GatedGelu}, {@link org.spactor.engine.op.Gelu} and their gradients. */
final class GatedGeluKernels {
    private static final double SLOPE = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    private GatedGeluKernels() {}

    static void forward(Kernel.Call call) {
        double[] gate = call.input("gate").reals();
        double[] value = call.input("value").reals();
        double[] product = new double[gate.length];
        for (int i = 0; i < gate.length; i++) {
            product[i] = gelu(gate[i]) * value[i];
        }
        call.output("y").write(product);
    }

    static void gradient(Kernel.Call call) {
        double[] gate = call.input("gate").reals();
        double[] value = call.input("value").reals();
        double[] gradient = call.input("gradient").reals();
        double[] ofGate = new double[gate.length];
        double[] ofValue = new double[gate.length];
        for (int i = 0; i < gate.length; i++) {
            ofGate[i] = gradient[i] * value[i] * geluDerivative(gate[i]);
            ofValue[i] = gradient[i] * gelu(gate[i]);
        }
        call.output("gate-gradient").write(ofGate);
        call.output("value-gradient").write(ofValue);
    }

    static void plain(Kernel.Call call) {
        double[] x = call.input("x").reals();
        for (int i = 0; i < x.length; i++) {
            x[i] = gelu(x[i]);
        }
        call.output("y").write(x);
    }

    static void plainGradient(Kernel.Call call) {
        double[] x = call.input("x").reals();
        double[] gradient = call.input("gradient").reals();
        for (int i = 0; i < x.length; i++) {
            x[i] = gradient[i] * geluDerivative(x[i]);
        }
        call.output("x-gradient").write(x);
    }

    private static double gelu(double a) {
        return a / 2 * (1 + Math.tanh(SLOPE * (a + CUBIC * a * a * a)));
    }

    private static double geluDerivative(double a) {
        double tanh = Math.tanh(SLOPE * (a + CUBIC * a * a * a));
        double inner = SLOPE * (1 + 3 * CUBIC * a * a);
        return (1 + tanh) / 2 + a / 2 * (1 - tanh * tanh) * inner;
    }
}
