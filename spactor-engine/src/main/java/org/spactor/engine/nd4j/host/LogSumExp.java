package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/** log Σ exp(x), row by row. */
final class LogSumExp implements Runnable {
    private final FloatBuffer x;
    private final FloatBuffer result;
    private final int columns;
    private final float[] row;
    private final Exponential exponential;

    LogSumExp(FloatBuffer x, FloatBuffer result, int columns) {
        this.x = x;
        this.result = result;
        this.columns = columns;
        this.row = new float[columns];
        this.exponential = new Exponential(columns);
    }

    @Override
    public void run() {
        for (int i = 0; i < result.limit(); i++) {
            x.get(i * columns, row, 0, columns);
            float greatest = Rows.greatest(row, 0, columns);
            Rows.add(row, 0, columns, -greatest);
            exponential.apply(row, columns);
            result.put(i, (float) (Math.log(Rows.sum(row, 0, columns)) + greatest));
        }
    }
}
