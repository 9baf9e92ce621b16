package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.Linear} and its gradients. */
final class LinearKernels {
    private LinearKernels() {}

    static void forward(Kernel.Call call) {
        double[] x = call.input("x").reals();
        double[] weight = call.input("weight").reals();
        int width = call.input("weight").side(1);
        int outputs = call.input("weight").side(0);
        double[] y = new double[call.output("y").elements()];
        for (int row = 0; row < call.input("x").rows(); row++) {
            for (int out = 0; out < outputs; out++) {
                double sum = 0;
                for (int in = 0; in < width; in++) {
                    sum += x[row * width + in] * weight[out * width + in];
                }
                y[row * outputs + out] = sum;
            }
        }
        call.output("y").write(y);
    }

    static void inputGradient(Kernel.Call call) {
        double[] gradient = call.input("gradient").reals();
        double[] weight = call.input("weight").reals();
        int width = call.input("weight").side(1);
        int outputs = call.input("weight").side(0);
        double[] ofX = new double[call.output("x-gradient").elements()];
        for (int row = 0; row < call.input("gradient").rows(); row++) {
            for (int out = 0; out < outputs; out++) {
                double upstream = gradient[row * outputs + out];
                for (int in = 0; in < width; in++) {
                    ofX[row * width + in] += upstream * weight[out * width + in];
                }
            }
        }
        call.output("x-gradient").write(ofX);
    }

    static void weightGradient(Kernel.Call call) {
        double[] gradient = call.input("gradient").reals();
        double[] x = call.input("x").reals();
        int width = call.input("x").columns();
        int outputs = call.input("gradient").columns();
        double[] ofWeight = new double[outputs * width];
        for (int row = 0; row < call.input("gradient").rows(); row++) {
            for (int out = 0; out < outputs; out++) {
                double upstream = gradient[row * outputs + out];
                for (int in = 0; in < width; in++) {
                    ofWeight[out * width + in] += upstream * x[row * width + in];
                }
            }
        }
        call.output("weight-gradient").write(ofWeight);
    }
}
