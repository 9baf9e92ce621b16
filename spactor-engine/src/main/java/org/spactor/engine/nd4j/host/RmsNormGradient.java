package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The gradients of RMSNorm, row by row: dx = r (g ⊙ weight − x · r²/d · Σ g ⊙ weight ⊙ x) + addend; dweight = Σ over rows of g ⊙ x · r.
 */
final class RmsNormGradient implements Runnable {
    private final FloatBuffer x;
    private final FloatBuffer weight;
    private final FloatBuffer inverse;
    private final FloatBuffer gradient;
    private final FloatBuffer addend;
    private final FloatBuffer xGradient;
    private final FloatBuffer weightGradient;
    private final int columns;
    private final float[] row;
    private final float[] g;
    private final float[] w;
    private final float[] total;

    RmsNormGradient(
            FloatBuffer x,
            FloatBuffer weight,
            FloatBuffer inverse,
            FloatBuffer gradient,
            FloatBuffer addend,
            FloatBuffer xGradient,
            FloatBuffer weightGradient) {
        this.x = x;
        this.weight = weight;
        this.inverse = inverse;
        this.gradient = gradient;
        this.addend = addend;
        this.xGradient = xGradient;
        this.weightGradient = weightGradient;
        this.columns = weight.limit();
        this.row = new float[columns];
        this.g = new float[columns];
        this.w = new float[columns];
        this.total = new float[columns];
    }

    @Override
    public void run() {
        weight.get(0, w, 0, columns);
        Arrays.fill(total, 0);
        int rows = x.limit() / columns;
        for (int i = 0; i < rows; i++) {
            x.get(i * columns, row, 0, columns);
            gradient.get(i * columns, g, 0, columns);
            float r = inverse.get(i);
            accumulate(total, g, row, w, r, columns);
            float factor = r * r / columns * Rows.product(g, 0, row, 0, columns);
            combine(g, row, r, factor, columns);
            if (addend != null) {
                addend.get(i * columns, row, 0, columns);
                Rows.add(g, 0, row, 0, columns);
            }
            xGradient.put(i * columns, g, 0, columns);
        }
        weightGradient.put(0, total, 0, columns);
    }

    /** total += g ⊙ x · r; g ← g ⊙ weight. */
    private static void accumulate(float[] total, float[] g, float[] x, float[] w, float r, int columns) {
        for (int i = 0; i < columns; i++) {
            total[i] += g[i] * x[i] * r;
            g[i] *= w[i];
        }
    }

    private static void combine(float[] g, float[] x, float r, float factor, int columns) {
        for (int i = 0; i < columns; i++) {
            g[i] = r * (g[i] - x[i] * factor);
        }
    }
}
