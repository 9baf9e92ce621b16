package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.RotaryPositions}, from its definition: a complex number for each pair. */
final class RotaryKernels {
    private RotaryKernels() {}

    static void turn(Kernel.Call call) {
        double[] x = call.input("x").reals();
        double[] y = new double[x.length];
        int length = call.input("x").side(1);
        int width = call.input("x").side(2);
        int headWidth = width / call.attributes().number("heads");
        for (int i = 0; i < x.length; i++) {
            int place = i / width % length;
            int inHead = i % headWidth;
            int pair = inHead % (headWidth / 2);
            double angle = call.attributes().number("direction")
                    * place
                    / Math.pow(call.attributes().real("base"), 2.0 * pair / headWidth);
            boolean real = inHead < headWidth / 2;
            int other = real ? i + headWidth / 2 : i - headWidth / 2;
            y[i] = x[i] * Math.cos(angle) + (real ? -1 : 1) * x[other] * Math.sin(angle);
        }
        call.output("y").write(y);
    }
}
