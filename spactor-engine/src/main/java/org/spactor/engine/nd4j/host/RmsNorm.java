package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/** RMSNorm, row by row. */
final class RmsNorm implements Runnable {
    private final FloatBuffer x;
    private final FloatBuffer weight;
    private final FloatBuffer y;
    private final FloatBuffer inverse;
    private final int columns;
    private final double epsilon;
    private final float[] row;
    private final float[] w;

    RmsNorm(FloatBuffer x, FloatBuffer weight, FloatBuffer y, FloatBuffer inverse, int columns, double epsilon) {
        this.x = x;
        this.weight = weight;
        this.y = y;
        this.inverse = inverse;
        this.columns = columns;
        this.epsilon = epsilon;
        this.row = new float[columns];
        this.w = new float[columns];
    }

    @Override
    public void run() {
        weight.get(0, w, 0, columns);
        int rows = x.limit() / columns;
        for (int i = 0; i < rows; i++) {
            x.get(i * columns, row, 0, columns);
            float squares = Rows.product(row, 0, row, 0, columns);
            float r = (float) (1 / Math.sqrt(squares / columns + epsilon));
            scale(row, w, r, columns);
            inverse.put(i, r);
            y.put(i * columns, row, 0, columns);
        }
    }

    private static void scale(float[] row, float[] w, float r, int columns) {
        for (int i = 0; i < columns; i++) {
            row[i] = row[i] * r * w[i];
        }
    }
}
