package org.spactor.engine.reference;

import java.util.Arrays;
import org.spactor.engine.plan.StockAttributes;

/** Sum, mean and maximum over axes, and their gradients. */
final class ReductionKernels {
    private ReductionKernels() {}

    static void sum(Kernel.Call call) {
        call.output(0).write(sums(call));
    }

    static void mean(Kernel.Call call) {
        double[] means = sums(call);
        int count = call.input(0).elements() / means.length;
        for (int i = 0; i < means.length; i++) {
            means[i] /= count;
        }
        call.output(0).write(means);
    }

    static void max(Kernel.Call call) {
        double[] x = call.input(0).reals();
        int[] places = places(call);
        double[] greatest = new double[call.output(0).elements()];
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < x.length; i++) {
            greatest[places[i]] = Math.max(greatest[places[i]], x[i]);
        }
        call.output(0).write(greatest);
    }

    static void sumGradient(Kernel.Call call) {
        call.output(0).write(spread(call, 1));
    }

    static void meanGradient(Kernel.Call call) {
        double count = (double) call.input(0).elements() / call.input(1).elements();
        call.output(0).write(spread(call, 1 / count));
    }

    /** The first of the greatest elements gets all. */
    static void maxGradient(Kernel.Call call) {
        double[] x = call.input(0).reals();
        double[] gradient = call.input(1).reals();
        int[] places = places(call);
        int[] winners = new int[gradient.length];
        Arrays.fill(winners, -1);
        for (int i = 0; i < x.length; i++) {
            int winner = winners[places[i]];
            winners[places[i]] = winner < 0 || x[i] > x[winner] ? i : winner;
        }
        double[] ofX = new double[x.length];
        for (int i = 0; i < gradient.length; i++) {
            ofX[winners[i]] = gradient[i];
        }
        call.output(0).write(ofX);
    }

    private static double[] sums(Kernel.Call call) {
        double[] x = call.input(0).reals();
        int[] places = places(call);
        double[] sums = new double[call.output(0).elements()];
        for (int i = 0; i < x.length; i++) {
            sums[places[i]] += x[i];
        }
        return sums;
    }

    private static double[] spread(Kernel.Call call, double factor) {
        double[] gradient = call.input(1).reals();
        int[] places = places(call);
        double[] ofX = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            ofX[i] = gradient[places[i]] * factor;
        }
        return ofX;
    }

    /** For every element of the first input the element of the reduced tensor that it goes into. */
    private static int[] places(Kernel.Call call) {
        long[] axes = call.attributes().integers(StockAttributes.AXES);
        long[] shape = call.input(0).shape();
        long[] reduced = shape.clone();
        for (int axis = 0; axis < shape.length; axis++) {
            int current = axis;
            boolean gone = Arrays.stream(axes).anyMatch(a -> a == current);
            reduced[axis] = gone ? 1 : shape[axis];
        }
        int[] places = new int[call.input(0).elements()];
        for (int i = 0; i < places.length; i++) {
            places[i] = Coordinates.stretched(i, shape, reduced);
        }
        return places;
    }
}
