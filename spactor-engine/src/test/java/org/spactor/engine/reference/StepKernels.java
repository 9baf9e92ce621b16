package org.spactor.engine.reference;

/** What a step of training does between gradients and optimizer. */
final class StepKernels {
    private StepKernels() {}

    static void addAll(Kernel.Call call) {
        double[] sum = call.input(0).reals();
        for (Tensor term : call.inputs().subList(1, call.inputs().size())) {
            double[] values = term.reals();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[i];
            }
        }
        call.output(0).write(sum);
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
