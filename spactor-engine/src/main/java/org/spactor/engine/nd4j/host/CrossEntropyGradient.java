package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** gradient · (softmax − [label]), row by row; the result may take the place of the softmax. */
final class CrossEntropyGradient implements Runnable {
    private final FloatBuffer softmax;
    private final IntBuffer labels;
    private final FloatBuffer gradient;
    private final int stride;
    private final FloatBuffer result;
    private final int columns;
    private final int ignored;
    private final float[] row;

    /** @param stride from one row's gradient to the next one's: 0 if all have the same */
    CrossEntropyGradient(
            FloatBuffer softmax,
            IntBuffer labels,
            FloatBuffer gradient,
            int stride,
            FloatBuffer result,
            int columns,
            int ignored) {
        this.softmax = softmax;
        this.labels = labels;
        this.gradient = gradient;
        this.stride = stride;
        this.result = result;
        this.columns = columns;
        this.ignored = ignored;
        this.row = new float[columns];
    }

    @Override
    public void run() {
        for (int i = 0; i < labels.limit(); i++) {
            float weight = gradient.get(i * stride);
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
