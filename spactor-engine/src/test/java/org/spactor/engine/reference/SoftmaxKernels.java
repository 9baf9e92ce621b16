package org.spactor.engine.reference;

import java.util.function.BiFunction;
import org.spactor.engine.plan.StockAttributes;

/** SameDiff's softmax over any axis, and its gradient. */
final class SoftmaxKernels {
    private SoftmaxKernels() {}

    static void forward(Kernel.Call call) {
        double[] x = call.input(0).reals();
        call.output(0).write(alongAxis(call, x, x, (scores, unused) -> Softmax.of(scores)));
    }

    /** (x, gradient) → gradient of x. */
    static void gradient(Kernel.Call call) {
        double[] x = call.input(0).reals();
        double[] gradient = call.input(1).reals();
        call.output(0)
                .write(alongAxis(
                        call,
                        x,
                        gradient,
                        (scores, upstream) -> Softmax.gradient(Softmax.of(scores), upstream, scores.length)));
    }

    /** Applies a function to every line along the axis. */
    private static double[] alongAxis(
            Kernel.Call call, double[] x, double[] other, BiFunction<double[], double[], double[]> function) {
        int axis = call.attributes().number(StockAttributes.AXIS);
        int length = call.input(0).side(axis);
        int stride = 1;
        for (int i = axis + 1; i < call.input(0).rank(); i++) {
            stride *= call.input(0).side(i);
        }
        double[] results = new double[x.length];
        for (int start = 0; start < x.length; start++) {
            if (start / stride % length != 0) {
                continue;
            }
            double[] line = new double[length];
            double[] otherLine = new double[length];
            for (int i = 0; i < length; i++) {
                line[i] = x[start + i * stride];
                otherLine[i] = other[start + i * stride];
            }
            double[] result = function.apply(line, otherLine);
            for (int i = 0; i < length; i++) {
                results[start + i * stride] = result[i];
            }
        }
        return results;
    }
}
