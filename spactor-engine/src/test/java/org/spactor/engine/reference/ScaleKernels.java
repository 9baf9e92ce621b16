package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.Scale} and {@link org.spactor.engine.op.Weigh}. */
final class ScaleKernels {
    private ScaleKernels() {}

    static void scale(Kernel.Call call) {
        double factor = call.attributes().real("factor");
        double[] values = call.input(0).reals();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        call.output(0).write(values);
    }

    static void weigh(Kernel.Call call) {
        call.output(0).set(0, call.input(0).real(0) * call.input(1).real(0));
    }
}
