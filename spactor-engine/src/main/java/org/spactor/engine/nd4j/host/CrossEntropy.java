package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Cross-entropy and softmax, row by row; the softmax may take the place of the logits. The cross-entropies are added up, or
 * each of them is kept.
 */
final class CrossEntropy implements Runnable {
    private final FloatBuffer logits;
    private final IntBuffer labels;
    private final FloatBuffer softmax;
    private final FloatBuffer result;
    private final boolean adds;
    private final int columns;
    private final int ignored;
    private final float[] row;
    private final Exponential exponential;

    /**
     * @param result one element if the rows are added up, else one for each row
     * @param adds whether they are
     */
    CrossEntropy(
            FloatBuffer logits,
            IntBuffer labels,
            FloatBuffer softmax,
            FloatBuffer result,
            boolean adds,
            int columns,
            int ignored) {
        this.logits = logits;
        this.labels = labels;
        this.softmax = softmax;
        this.result = result;
        this.adds = adds;
        this.columns = columns;
        this.ignored = ignored;
        this.row = new float[columns];
        this.exponential = new Exponential(columns);
    }

    @Override
    public void run() {
        double total = 0;
        for (int i = 0; i < labels.limit(); i++) {
            logits.get(i * columns, row, 0, columns);
            float greatest = Rows.greatest(row, 0, columns);
            int label = labels.get(i);
            double picked = label == ignored ? 0 : row[label];
            Rows.add(row, 0, columns, -greatest);
            exponential.apply(row, columns);
            float exponentials = Rows.sum(row, 0, columns);
            Rows.multiply(row, 0, columns, 1 / exponentials);
            softmax.put(i * columns, row, 0, columns);
            double loss = label == ignored ? 0 : Math.log(exponentials) + greatest - picked;
            total += loss;
            if (!adds) {
                result.put(i, (float) loss);
            }
        }
        if (adds) {
            result.put(0, (float) total);
        }
    }
}
