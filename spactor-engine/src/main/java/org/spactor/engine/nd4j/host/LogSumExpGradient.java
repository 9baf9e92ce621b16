package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/** gradient · exp(x − log Σ exp(x)), row by row; the result may take the place of x. */
final class LogSumExpGradient implements Runnable {
    private final FloatBuffer x;
    private final FloatBuffer logarithm;
    private final FloatBuffer gradient;
    private final FloatBuffer result;
    private final int columns;
    private final float[] row;
    private final Exponential exponential;

    LogSumExpGradient(FloatBuffer x, FloatBuffer logarithm, FloatBuffer gradient, FloatBuffer result, int columns) {
        this.x = x;
        this.logarithm = logarithm;
        this.gradient = gradient;
        this.result = result;
        this.columns = columns;
        this.row = new float[columns];
        this.exponential = new Exponential(columns);
    }

    @Override
    public void run() {
        for (int i = 0; i < logarithm.limit(); i++) {
            x.get(i * columns, row, 0, columns);
            Rows.add(row, 0, columns, -logarithm.get(i));
            exponential.apply(row, columns);
            Rows.multiply(row, 0, columns, gradient.get(i));
            result.put(i * columns, row, 0, columns);
        }
    }
}
