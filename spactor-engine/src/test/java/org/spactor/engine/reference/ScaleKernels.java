package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.Scale} and {@link org.spactor.engine.op.Weigh}. */
final class ScaleKernels {
    private ScaleKernels() {}

    static void scale(Kernel.Call call) {
        double factor = call.attributes().real("factor");
        double[] values = call.input("x").reals();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        call.output("y").write(values);
    }

    static void weigh(Kernel.Call call) {
        call.output("y").set(0, call.input("x").real(0) * call.input("weight").real(0));
    }
}
