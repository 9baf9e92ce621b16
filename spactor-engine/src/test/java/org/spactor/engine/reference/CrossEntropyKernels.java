package org.spactor.engine.reference;

import java.util.Arrays;

/** {@link org.spactor.engine.op.CrossEntropy} and its gradient. */
final class CrossEntropyKernels {
    private CrossEntropyKernels() {}

    static void forward(Kernel.Call call) {
        long ignored = call.attributes().integer("ignored");
        int columns = call.input(0).columns();
        double[] logits = call.input(0).reals();
        long[] labels = call.input(1).integers();
        double[] softmax = new double[logits.length];
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            double[] scores = Arrays.copyOfRange(logits, row * columns, (row + 1) * columns);
            System.arraycopy(Softmax.of(scores), 0, softmax, row * columns, columns);
            if (labels[row] != ignored) {
                sum += logarithmOfSum(scores) - scores[Math.toIntExact(labels[row])];
            }
        }
        call.output(0).set(0, sum);
        call.output(1).write(softmax);
    }

    static void gradient(Kernel.Call call) {
        long ignored = call.attributes().integer("ignored");
        int columns = call.input(0).columns();
        double[] softmax = call.input(0).reals();
        long[] labels = call.input(1).integers();
        double upstream = call.input(2).real(0);
        double[] gradient = new double[softmax.length];
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] == ignored) {
                continue;
            }
            for (int column = 0; column < columns; column++) {
                int element = row * columns + column;
                gradient[element] = upstream * (softmax[element] - (column == labels[row] ? 1 : 0));
            }
        }
        call.output(0).write(gradient);
    }

    /** ln Σ exp(x), without overflow. */
    private static double logarithmOfSum(double[] scores) {
        double greatest = Arrays.stream(scores).max().orElseThrow();
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - greatest);
        }
        return greatest + Math.log(sum);
    }
}
