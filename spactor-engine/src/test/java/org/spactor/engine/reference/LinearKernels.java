package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.Linear} and its gradients. */
final class LinearKernels {
    private LinearKernels() {}

    static void forward(Kernel.Call call) {
        double[] x = call.input(0).reals();
        double[] weight = call.input(1).reals();
        int width = call.input(1).side(1);
        int outputs = call.input(1).side(0);
        double[] y = new double[call.output(0).elements()];
        for (int row = 0; row < call.input(0).rows(); row++) {
            for (int out = 0; out < outputs; out++) {
                double sum = 0;
                for (int in = 0; in < width; in++) {
                    sum += x[row * width + in] * weight[out * width + in];
                }
                y[row * outputs + out] = sum;
            }
        }
        call.output(0).write(y);
    }

    static void inputGradient(Kernel.Call call) {
        double[] gradient = call.input(0).reals();
        double[] weight = call.input(1).reals();
        int width = call.input(1).side(1);
        int outputs = call.input(1).side(0);
        double[] ofX = new double[call.output(0).elements()];
        for (int row = 0; row < call.input(0).rows(); row++) {
            for (int out = 0; out < outputs; out++) {
                double upstream = gradient[row * outputs + out];
                for (int in = 0; in < width; in++) {
                    ofX[row * width + in] += upstream * weight[out * width + in];
                }
            }
        }
        call.output(0).write(ofX);
    }

    static void weightGradient(Kernel.Call call) {
        double[] gradient = call.input(0).reals();
        double[] x = call.input(1).reals();
        int width = call.input(1).columns();
        int outputs = call.input(0).columns();
        double[] ofWeight = new double[outputs * width];
        for (int row = 0; row < call.input(0).rows(); row++) {
            for (int out = 0; out < outputs; out++) {
                double upstream = gradient[row * outputs + out];
                for (int in = 0; in < width; in++) {
                    ofWeight[out * width + in] += upstream * x[row * width + in];
                }
            }
        }
        call.output(0).write(ofWeight);
    }
}
