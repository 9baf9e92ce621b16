package org.spactor.engine.reference;

import java.util.HashSet;
import java.util.Set;

/** Operations at chosen positions: {@code states-at}, {@code tokens-at}, {@code replace-tokens}, their labels. */
final class PositionKernels {
    private PositionKernels() {}

    static void statesAt(Kernel.Call call) {
        Tensor x = call.input(0);
        long[] positions = call.input(1).integers();
        int chosen = call.input(1).columns();
        int columns = x.columns();
        double[] states = new double[positions.length * columns];
        for (int i = 0; i < positions.length; i++) {
            for (int column = 0; column < columns && positions[i] >= 0; column++) {
                states[i * columns + column] = x.real(place(i, chosen, positions[i], x.side(1)) * columns + column);
            }
        }
        call.output(0).write(states);
    }

    static void statesAtGradient(Kernel.Call call) {
        Tensor x = call.input(0);
        long[] positions = call.input(1).integers();
        int chosen = call.input(1).columns();
        int columns = x.columns();
        double[] gradient = new double[x.elements()];
        for (int i = 0; i < positions.length; i++) {
            for (int column = 0; column < columns && positions[i] >= 0; column++) {
                gradient[place(i, chosen, positions[i], x.side(1)) * columns + column] +=
                        call.input(2).real(i * columns + column);
            }
        }
        call.output(0).write(gradient);
    }

    static void tokensAt(Kernel.Call call) {
        long[] tokens = call.input(0).integers();
        long[] positions = call.input(1).integers();
        long[] result = new long[positions.length];
        for (int i = 0; i < positions.length; i++) {
            result[i] = positions[i] < 0
                    ? -1
                    : tokens[
                            place(
                                    i,
                                    call.input(1).columns(),
                                    positions[i],
                                    call.input(0).columns())];
        }
        call.output(0).write(result);
    }

    static void replaceTokens(Kernel.Call call) {
        long[] tokens = call.input(0).integers();
        long[] positions = call.input(1).integers();
        long[] values = call.input(2).integers();
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] >= 0) {
                tokens[
                        place(
                                i,
                                call.input(1).columns(),
                                positions[i],
                                call.input(0).columns())] = values[i];
            }
        }
        call.output(0).write(tokens);
    }

    static void replacementLabels(Kernel.Call call) {
        long[] original = call.input(0).integers();
        long[] replaced = call.input(1).integers();
        Set<Long> excluded = new HashSet<>();
        for (long id : call.attributes().integers("excluded")) {
            excluded.add(id);
        }
        long[] labels = new long[original.length];
        for (int i = 0; i < labels.length; i++) {
            int differs = original[i] == replaced[i] ? 0 : 1;
            labels[i] = excluded.contains(original[i]) ? -1 : differs;
        }
        call.output(0).write(labels);
    }

    /** Where the i-th of the positions, so many of which are chosen in each sequence, lies among all tokens. */
    private static int place(int i, int chosen, long position, int length) {
        return Math.toIntExact(i / chosen * (long) length + position);
    }
}
