package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** gradient · (softmax − [label]), row by row; the result may take the place of the softmax. */
final class CrossEntropyGradient implements Runnable {
    private final FloatBuffer softmax;
    private final IntBuffer labels;
    private final FloatBuffer gradient;
    private final FloatBuffer result;
    private final int columns;
    private final int ignored;
    private final float[] row;

    CrossEntropyGradient(
            FloatBuffer softmax, IntBuffer labels, FloatBuffer gradient, FloatBuffer result, int columns, int ignored) {
        this.softmax = softmax;
        this.labels = labels;
        this.gradient = gradient;
        this.result = result;
        this.columns = columns;
        this.ignored = ignored;
        this.row = new float[columns];
    }

    @Override
    public void run() {
        float weight = gradient.get(0);
        for (int i = 0; i < labels.limit(); i++) {
            int label = labels.get(i);
            softmax.get(i * columns, row, 0, columns);
            Rows.multiply(row, 0, columns, label == ignored ? 0 : weight);
            if (label != ignored) {
                row[label] -= weight;
            }
            result.put(i * columns, row, 0, columns);
        }
    }
}
