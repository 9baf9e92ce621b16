package org.spactor.engine.backend;

import java.nio.FloatBuffer;

/**
 * Sums over arrays, in an order that does not depend on the machine: in single precision within a block, which is short,
 * and in double precision across blocks. Buffers are gone through directly, which the compiler vectorises as well as
 * arrays; a running sum it does not, so that there are several side by side.
 */
public final class Sums {
    private static final int BLOCK = 4096;
    private static final int LANES = 8;

    private Sums() {}

    /** Σ x². */
    public static double ofSquares(FloatBuffer x) {
        double total = 0;
        int length = x.limit();
        for (int start = 0; start < length; start += BLOCK) {
            total += ofSquares(x, start, Math.min(start + BLOCK, length));
        }
        return total;
    }

    /** target += x, element by element. */
    public static void add(FloatBuffer target, FloatBuffer x) {
        int length = target.limit();
        for (int i = 0; i < length; i++) {
            target.put(i, target.get(i) + x.get(i));
        }
    }

    private static double ofSquares(FloatBuffer x, int start, int end) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int whole = start + (end - start) / LANES * LANES;
        for (int i = start; i < whole; i += LANES) {
            s0 += x.get(i) * x.get(i);
            s1 += x.get(i + 1) * x.get(i + 1);
            s2 += x.get(i + 2) * x.get(i + 2);
            s3 += x.get(i + 3) * x.get(i + 3);
            s4 += x.get(i + 4) * x.get(i + 4);
            s5 += x.get(i + 5) * x.get(i + 5);
            s6 += x.get(i + 6) * x.get(i + 6);
            s7 += x.get(i + 7) * x.get(i + 7);
        }
        double sum = ((double) s0 + s1 + s2 + s3) + ((double) s4 + s5 + s6 + s7);
        for (int i = whole; i < end; i++) {
            sum += (double) x.get(i) * x.get(i);
        }
        return sum;
    }
}
