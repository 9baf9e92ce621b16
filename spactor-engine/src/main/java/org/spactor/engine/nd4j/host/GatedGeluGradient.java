package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/** The gradients of gelu(gate) ⊙ value in one pass, with gelu'(x) = σ + x σ (1 − σ) (SLOPE + 3 CUBE x²). */
final class GatedGeluGradient implements Runnable {
    private static final int TILE = GatedGelu.TILE;

    private final FloatBuffer gate;
    private final FloatBuffer value;
    private final FloatBuffer gradient;
    private final FloatBuffer gateGradient;
    private final FloatBuffer valueGradient;
    private final float[] x = new float[TILE];
    private final float[] v = new float[TILE];
    private final float[] g = new float[TILE];
    private final float[] e = new float[TILE];
    private final Exponential exponential = new Exponential(TILE);

    GatedGeluGradient(
            FloatBuffer gate,
            FloatBuffer value,
            FloatBuffer gradient,
            FloatBuffer gateGradient,
            FloatBuffer valueGradient) {
        this.gate = gate;
        this.value = value;
        this.gradient = gradient;
        this.gateGradient = gateGradient;
        this.valueGradient = valueGradient;
    }

    @Override
    public void run() {
        int end = gate.limit();
        for (int start = 0; start < end; start += TILE) {
            int length = Math.min(TILE, end - start);
            gate.get(start, x, 0, length);
            value.get(start, v, 0, length);
            gradient.get(start, g, 0, length);
            GatedGelu.negativeArgument(x, e, length);
            exponential.apply(e, length);
            combine(x, v, g, e, length);
            gateGradient.put(start, x, 0, length);
            valueGradient.put(start, v, 0, length);
        }
    }

    /** x ← gradient of the gate, v ← gradient of the value. */
    private static void combine(float[] x, float[] v, float[] g, float[] e, int length) {
        for (int i = 0; i < length; i++) {
            float a = x[i];
            float sigmoid = 1 / (1 + e[i]);
            float gelu = a * sigmoid;
            float slope = GatedGelu.SLOPE + 3 * GatedGelu.CUBE * a * a;
            x[i] = g[i] * v[i] * (sigmoid + gelu * (1 - sigmoid) * slope);
            v[i] = g[i] * gelu;
        }
    }
}
