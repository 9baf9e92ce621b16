package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** g ← p ⊙ (g − Σ g ⊙ p), row by row in place, for some heads, and the sum of this over the batch. */
final class SoftmaxGradient implements Runnable {
    private static final int TILE = 2048;

    private final FloatBuffer probabilities;
    private final FloatBuffer gradient;
    private final FloatBuffer sum;
    private final int batch;
    private final int heads;
    private final int headElements;
    private final int columns;
    private final Slice share;
    private final float[] p;
    private final float[] g;
    private final float[] total;

    /**
     * A share of the work.
     *
     * @param sum [H, Tq, Tk], or null
     * @param shape of probabilities and gradient: [B, H, Tq, Tk]
     */
    SoftmaxGradient(FloatBuffer probabilities, FloatBuffer gradient, FloatBuffer sum, long[] shape, Slice share) {
        this.probabilities = probabilities;
        this.gradient = gradient;
        this.sum = sum;
        this.batch = (int) shape[0];
        this.heads = (int) shape[1];
        this.headElements = (int) (shape[2] * shape[3]);
        this.columns = (int) shape[3];
        this.share = share;
        int rows = Math.max(1, Math.min((int) shape[2], TILE / columns));
        this.p = new float[rows * columns];
        this.g = new float[rows * columns];
        this.total = new float[rows * columns];
    }

    @Override
    public void run() {
        for (int head = share.from(); head < share.to(); head++) {
            for (int start = 0; start < headElements; start += p.length) {
                rows(head, start, Math.min(p.length, headElements - start));
            }
        }
    }

    /** The same rows of one head in all examples. */
    private void rows(int head, int start, int length) {
        Arrays.fill(total, 0);
        for (int example = 0; example < batch; example++) {
            int place = (example * heads + head) * headElements + start;
            probabilities.get(place, p, 0, length);
            gradient.get(place, g, 0, length);
            for (int from = 0; from < length; from += columns) {
                row(p, g, from, columns, Rows.product(g, from, p, from, columns));
            }
            gradient.put(place, g, 0, length);
            Rows.add(total, 0, g, 0, length);
        }
        if (sum != null) {
            sum.put(head * headElements + start, total, 0, length);
        }
    }

    private static void row(float[] p, float[] g, int from, int columns, float sum) {
        for (int i = from; i < from + columns; i++) {
            g[i] = p[i] * (g[i] - sum);
        }
    }
}
