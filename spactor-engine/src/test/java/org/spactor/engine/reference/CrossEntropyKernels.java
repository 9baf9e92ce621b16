package org.spactor.engine.reference;

import java.util.Arrays;

/**
 * {@link org.spactor.engine.op.CrossEntropy}, {@link org.spactor.engine.op.TokenCrossEntropy}, {@link
 * org.spactor.engine.op.LogSumExp} and their gradients.
 */
final class CrossEntropyKernels {
    private CrossEntropyKernels() {}

    static void forward(Kernel.Call call) {
        call.output("sum").set(0, Arrays.stream(losses(call)).sum());
        call.output("softmax").write(softmax(call));
    }

    static void tokens(Kernel.Call call) {
        double[] losses = losses(call);
        double[] softmax = softmax(call);
        call.output("losses").write(losses);
        call.output("softmax").write(softmax);
    }

    static void gradient(Kernel.Call call) {
        double[] upstream = new double[call.input("labels").elements()];
        Arrays.fill(upstream, call.input("gradient").real(0));
        call.output("logits-gradient").write(gradient(call, upstream));
    }

    static void tokensGradient(Kernel.Call call) {
        call.output("logits-gradient")
                .write(gradient(call, call.input("gradient").reals()));
    }

    static void logSumExp(Kernel.Call call) {
        int columns = call.input("x").columns();
        double[] x = call.input("x").reals();
        for (int row = 0; row < x.length / columns; row++) {
            call.output("logarithm")
                    .set(row, logarithmOfSum(Arrays.copyOfRange(x, row * columns, (row + 1) * columns)));
        }
    }

    /** (x, log Σ exp(x), gradient) → gradient of x. */
    static void logSumExpGradient(Kernel.Call call) {
        int columns = call.input("x").columns();
        double[] x = call.input("x").reals();
        double[] gradient = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int row = i / columns;
            gradient[i] = call.input("gradient").real(row)
                    * Math.exp(x[i] - call.input("logarithm").real(row));
        }
        call.output("x-gradient").write(gradient);
    }

    /** −log softmax(logits)[label] for each row, 0 where the label is ignored. */
    private static double[] losses(Kernel.Call call) {
        long ignored = call.attributes().integer("ignored");
        int columns = call.input("logits").columns();
        double[] logits = call.input("logits").reals();
        long[] labels = call.input("labels").integers();
        double[] losses = new double[labels.length];
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] != ignored) {
                double[] scores = Arrays.copyOfRange(logits, row * columns, (row + 1) * columns);
                losses[row] = logarithmOfSum(scores) - scores[Math.toIntExact(labels[row])];
            }
        }
        return losses;
    }

    private static double[] softmax(Kernel.Call call) {
        int columns = call.input("logits").columns();
        double[] softmax = call.input("logits").reals();
        for (int row = 0; row < softmax.length / columns; row++) {
            double[] scores = Arrays.copyOfRange(softmax, row * columns, (row + 1) * columns);
            System.arraycopy(Softmax.of(scores), 0, softmax, row * columns, columns);
        }
        return softmax;
    }

    private static double[] gradient(Kernel.Call call, double[] upstream) {
        long ignored = call.attributes().integer("ignored");
        int columns = call.input("softmax").columns();
        double[] softmax = call.input("softmax").reals();
        long[] labels = call.input("labels").integers();
        double[] gradient = new double[softmax.length];
        for (int row = 0; row < labels.length; row++) {
            for (int column = 0; column < columns && labels[row] != ignored; column++) {
                int element = row * columns + column;
                gradient[element] = upstream[row] * (softmax[element] - (column == labels[row] ? 1 : 0));
            }
        }
        return gradient;
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
