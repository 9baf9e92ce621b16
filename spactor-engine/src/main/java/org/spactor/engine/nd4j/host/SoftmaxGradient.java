package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/** g ← p ⊙ (g − Σ g ⊙ p), row by row in place. */
final class SoftmaxGradient implements Runnable {
    private static final int TILE = 2048;

    private final FloatBuffer probabilities;
    private final FloatBuffer gradient;
    private final int columns;
    private final float[] p;
    private final float[] g;

    SoftmaxGradient(FloatBuffer probabilities, FloatBuffer gradient, int columns) {
        this.probabilities = probabilities;
        this.gradient = gradient;
        this.columns = columns;
        int rows = Math.max(1, TILE / columns);
        this.p = new float[rows * columns];
        this.g = new float[rows * columns];
    }

    @Override
    public void run() {
        int end = gradient.limit();
        for (int start = 0; start < end; start += p.length) {
            int length = Math.min(p.length, end - start);
            probabilities.get(start, p, 0, length);
            gradient.get(start, g, 0, length);
            for (int from = 0; from < length; from += columns) {
                row(p, g, from, columns, Rows.product(g, from, p, from, columns));
            }
            gradient.put(start, g, 0, length);
        }
    }

    private static void row(float[] p, float[] g, int from, int columns, float sum) {
        for (int i = from; i < from + columns; i++) {
            g[i] = p[i] * (g[i] - sum);
        }
    }
}
