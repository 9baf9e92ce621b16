package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.RmsNorm} and its gradient. */
final class RmsNormKernels {
    private RmsNormKernels() {}

    static void forward(Kernel.Call call) {
        double epsilon = call.attributes().real("epsilon");
        double[] x = call.input("x").reals();
        double[] weight = call.input("weight").reals();
        int width = weight.length;
        double[] y = new double[x.length];
        double[] inverses = new double[x.length / width];
        for (int row = 0; row < inverses.length; row++) {
            double squares = 0;
            for (int i = 0; i < width; i++) {
                squares += x[row * width + i] * x[row * width + i];
            }
            inverses[row] = 1 / Math.sqrt(squares / width + epsilon);
            for (int i = 0; i < width; i++) {
                y[row * width + i] = x[row * width + i] * inverses[row] * weight[i];
            }
        }
        call.output("y").write(y);
        call.output("inverse").write(inverses);
    }

    static void gradient(Kernel.Call call) {
        double[] x = call.input("x").reals();
        double[] weight = call.input("weight").reals();
        double[] inverses = call.input("inverse").reals();
        double[] gradient = call.input("gradient").reals();
        int width = weight.length;
        double[] ofX = new double[x.length];
        double[] ofWeight = new double[width];
        for (int row = 0; row < inverses.length; row++) {
            double inverse = inverses[row];
            double sum = 0;
            for (int i = 0; i < width; i++) {
                int element = row * width + i;
                sum += gradient[element] * weight[i] * x[element];
                ofWeight[i] += gradient[element] * x[element] * inverse;
            }
            for (int i = 0; i < width; i++) {
                int element = row * width + i;
                ofX[element] = inverse * gradient[element] * weight[i]
                        - x[element] * inverse * inverse * inverse / width * sum;
            }
        }
        call.output("x-gradient").write(ofX);
        call.output("weight-gradient").write(ofWeight);
    }
}
