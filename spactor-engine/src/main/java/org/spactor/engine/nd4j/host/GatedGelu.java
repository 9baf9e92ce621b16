package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/**
 * gelu(gate) ⊙ value in one pass. gelu(x) = x · σ(z), z = x (SLOPE + CUBE x²), which equals the form with tanh because ½ (1
 * + tanh a) = σ(2a).
 */
final class GatedGelu implements Runnable {
    static final float SLOPE = (float) (2 * Math.sqrt(2 / Math.PI));
    static final float CUBE = (float) (2 * Math.sqrt(2 / Math.PI) * 0.044715);
    static final int TILE = 1024;

    private final FloatBuffer gate;
    private final FloatBuffer value;
    private final FloatBuffer result;
    private final float[] x = new float[TILE];
    private final float[] v = new float[TILE];
    private final float[] e = new float[TILE];
    private final Exponential exponential = new Exponential(TILE);

    GatedGelu(FloatBuffer gate, FloatBuffer value, FloatBuffer result) {
        this.gate = gate;
        this.value = value;
        this.result = result;
    }

    @Override
    public void run() {
        int end = gate.limit();
        for (int start = 0; start < end; start += TILE) {
            int length = Math.min(TILE, end - start);
            gate.get(start, x, 0, length);
            value.get(start, v, 0, length);
            negativeArgument(x, e, length);
            exponential.apply(e, length);
            combine(x, v, e, length);
            result.put(start, v, 0, length);
        }
    }

    /** e ← −z, so that σ(z) = 1 / (1 + exp(e)). */
    static void negativeArgument(float[] x, float[] e, int length) {
        for (int i = 0; i < length; i++) {
            e[i] = -x[i] * (SLOPE + CUBE * x[i] * x[i]);
        }
    }

    private static void combine(float[] x, float[] v, float[] e, int length) {
        for (int i = 0; i < length; i++) {
            v[i] *= x[i] / (1 + e[i]);
        }
    }
}
