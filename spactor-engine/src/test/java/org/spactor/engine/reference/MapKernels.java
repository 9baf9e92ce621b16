package org.spactor.engine.reference;

import org.spactor.engine.plan.Expression;
import org.spactor.engine.plan.Kinds;

/** Expressions of elements, and sums of them. */
final class MapKernels {
    private MapKernels() {}

    static void map(Kernel.Call call) {
        Expression expression = Expression.of(call.attributes(), call.inputs().size());
        long[] shape = call.output(0).shape();
        double[][] results = new double[call.outputs().size()][call.output(0).elements()];
        for (int i = 0; i < results[0].length; i++) {
            double[] values = expression.evaluate(elements(call, i, shape));
            for (int output = 0; output < results.length; output++) {
                results[output][i] = values[expression.results().get(output)];
            }
        }
        for (int output = 0; output < results.length; output++) {
            call.output(output).write(results[output]);
        }
    }

    static void sum(Kernel.Call call) {
        Expression expression = Expression.of(call.attributes(), call.inputs().size());
        int rows = call.attributes().number("rows");
        int columns = call.attributes().number("columns");
        long over = call.attributes().integer("over");
        double[] sums = new double[call.output(0).elements()];
        for (int i = 0; i < rows * columns; i++) {
            double term = expression
                    .evaluate(elements(call, i, rows, columns))[
                    expression.results().get(0)];
            sums[over == Kinds.OVER_ALL ? 0 : over == Kinds.OVER_COLUMNS ? i / columns : i % columns] += term;
        }
        call.output(0).write(sums);
    }

    private static double[] elements(Kernel.Call call, int index, long... shape) {
        double[] elements = new double[call.inputs().size()];
        for (int i = 0; i < elements.length; i++) {
            Tensor input = call.input(i);
            elements[i] = input.real(Coordinates.stretched(index, shape, input.shape()));
        }
        return elements;
    }
}
