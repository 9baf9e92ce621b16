package org.spactor.engine.reference;

import java.util.HashSet;
import java.util.Set;

/** Operations at chosen positions: {@code states-at}, {@code tokens-at}, {@code replace-tokens}, their labels. */
final class PositionKernels {
    private PositionKernels() {}

    static void statesAt(Kernel.Call call) {
        Tensor x = call.input("x");
        long[] positions = call.input("positions").integers();
        int chosen = call.input("positions").columns();
        int columns = x.columns();
        double[] states = new double[positions.length * columns];
        for (int i = 0; i < positions.length; i++) {
            for (int column = 0; column < columns && positions[i] >= 0; column++) {
                states[i * columns + column] = x.real(place(i, chosen, positions[i], x.side(1)) * columns + column);
            }
        }
        call.output("states").write(states);
    }

    static void statesAtGradient(Kernel.Call call) {
        Tensor x = call.input("x");
        long[] positions = call.input("positions").integers();
        int chosen = call.input("positions").columns();
        int columns = x.columns();
        double[] gradient = new double[x.elements()];
        for (int i = 0; i < positions.length; i++) {
            for (int column = 0; column < columns && positions[i] >= 0; column++) {
                gradient[place(i, chosen, positions[i], x.side(1)) * columns + column] +=
                        call.input("gradient").real(i * columns + column);
            }
        }
        call.output("x-gradient").write(gradient);
    }

    static void tokensAt(Kernel.Call call) {
        long[] tokens = call.input("tokens").integers();
        long[] positions = call.input("positions").integers();
        long[] result = new long[positions.length];
        for (int i = 0; i < positions.length; i++) {
            result[i] = positions[i] < 0
                    ? -1
                    : tokens[
                            place(
                                    i,
                                    call.input("positions").columns(),
                                    positions[i],
                                    call.input("tokens").columns())];
        }
        call.output("chosen").write(result);
    }

    static void replaceTokens(Kernel.Call call) {
        long[] tokens = call.input("tokens").integers();
        long[] positions = call.input("positions").integers();
        long[] values = call.input("values").integers();
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] >= 0) {
                tokens[
                                place(
                                        i,
                                        call.input("positions").columns(),
                                        positions[i],
                                        call.input("tokens").columns())] =
                        values[i];
            }
        }
        call.output("replaced").write(tokens);
    }

    static void replacementLabels(Kernel.Call call) {
        long[] original = call.input("original").integers();
        long[] replaced = call.input("replaced").integers();
        Set<Long> excluded = new HashSet<>();
        for (long id : call.attributes().integers("excluded")) {
            excluded.add(id);
        }
        long[] labels = new long[original.length];
        for (int i = 0; i < labels.length; i++) {
            int differs = original[i] == replaced[i] ? 0 : 1;
            labels[i] = excluded.contains(original[i]) ? -1 : differs;
        }
        call.output("labels").write(labels);
    }

    /** Where the i-th of the positions, so many of which are chosen in each sequence, lies among all tokens. */
    private static int place(int i, int chosen, long position, int length) {
        return Math.toIntExact(i / chosen * (long) length + position);
    }
}
