package org.spactor.engine.reference;

/** What a step of training does between gradients and optimizer. */
final class StepKernels {
    private StepKernels() {}

    static void addAll(Kernel.Call call) {
        int terms = call.inputs().size() / call.outputs().size();
        for (int output = 0; output < call.outputs().size(); output++) {
            double[] sum = call.input(output * terms).reals();
            for (int term = 1; term < terms; term++) {
                double[] values = call.input(output * terms + term).reals();
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += values[i];
                }
            }
            call.output(output).write(sum);
        }
    }

    /** Numbers of double precision stay as they are. */
    static void round(Kernel.Call call) {
        for (int i = 0; i < call.outputs().size(); i++) {
            call.output(i).write(call.input(i).reals());
        }
    }

    static void sumsOfSquares(Kernel.Call call) {
        double[] sums = new double[call.inputs().size()];
        for (int i = 0; i < sums.length; i++) {
            for (double value : call.input(i).reals()) {
                sums[i] += value * value;
            }
        }
        call.output(0).write(sums);
    }
}
