package org.spactor.engine.nd4j.host;

/** Loops over a stretch of a float array, each simple enough for the compiler to vectorise. */
final class Rows {
    private static final int LANES = 8;

    private Rows() {}

    /** x[i] += y[j], so many of them. */
    static void add(float[] x, int from, float[] y, int yFrom, int length) {
        for (int i = 0; i < length; i++) {
            x[from + i] += y[yFrom + i];
        }
    }

    /** x[i] += number. */
    static void add(float[] x, int from, int length, float number) {
        for (int i = 0; i < length; i++) {
            x[from + i] += number;
        }
    }

    /** x[i] *= number. */
    static void multiply(float[] x, int from, int length, float number) {
        for (int i = 0; i < length; i++) {
            x[from + i] *= number;
        }
    }

    /** The greatest element. */
    static float greatest(float[] x, int from, int length) {
        float m0 = x[from];
        float m1 = m0;
        float m2 = m0;
        float m3 = m0;
        int whole = from + length / 4 * 4;
        for (int i = from; i < whole; i += 4) {
            m0 = Math.max(m0, x[i]);
            m1 = Math.max(m1, x[i + 1]);
            m2 = Math.max(m2, x[i + 2]);
            m3 = Math.max(m3, x[i + 3]);
        }
        for (int i = whole; i < from + length; i++) {
            m0 = Math.max(m0, x[i]);
        }
        return Math.max(Math.max(m0, m1), Math.max(m2, m3));
    }

    /** Σ x[i]. */
    static float sum(float[] x, int from, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int whole = from + length / LANES * LANES;
        for (int i = from; i < whole; i += LANES) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        for (int i = whole; i < from + length; i++) {
            s0 += x[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** Σ x[i] · y[i]. */
    static float product(float[] x, int from, float[] y, int yFrom, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int whole = length / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            s0 += x[from + i] * y[yFrom + i];
            s1 += x[from + i + 1] * y[yFrom + i + 1];
            s2 += x[from + i + 2] * y[yFrom + i + 2];
            s3 += x[from + i + 3] * y[yFrom + i + 3];
            s4 += x[from + i + 4] * y[yFrom + i + 4];
            s5 += x[from + i + 5] * y[yFrom + i + 5];
            s6 += x[from + i + 6] * y[yFrom + i + 6];
            s7 += x[from + i + 7] * y[yFrom + i + 7];
        }
        for (int i = whole; i < length; i++) {
            s0 += x[from + i] * y[yFrom + i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}
