package org.spactor.engine.nd4j.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * eˣ of many float32 numbers at once, to one unit in the last place or so, written so that the compiler vectorises it.
 *
 * <p>x = k ln 2 + f with a whole k and |f| ≤ ½ ln 2; eᶠ is a polynomial (Cephes' {@code expf}), 2ᵏ is put together from
 * bits. Adding and subtracting 1.5 · 2²³ rounds to a whole number and leaves it in the low bits of the float. The bits are
 * reinterpreted by copying them through a buffer that is seen as floats and as ints: the compiler vectorises every loop
 * here, but not {@link Float#floatToRawIntBits}.
 *
 * <p>Not for use by several threads.
 */
final class Exponential {
    private static final float LOWEST = -87;
    private static final float HIGHEST = 88;
    private static final float LOG2_E = 1.44269504f;
    private static final float ROUNDING = 12582912f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final int EXPONENT_SHIFT = 23;
    private static final int EXPONENT_OF_ONE = 0x3f800000;

    private final float[] scale;
    private final int[] bits;
    private final FloatBuffer asFloats;
    private final IntBuffer asInts;

    /** @param capacity greatest number of elements of a call */
    Exponential(int capacity) {
        this.scale = new float[capacity];
        this.bits = new int[capacity];
        ByteBuffer shared = ByteBuffer.allocateDirect(capacity * Float.BYTES).order(ByteOrder.nativeOrder());
        this.asFloats = shared.asFloatBuffer();
        this.asInts = shared.asIntBuffer();
    }

    /** x ← eˣ for the first elements of an array. Below −87 the result is e⁻⁸⁷, which is as good as 0. */
    void apply(float[] x, int length) {
        reduce(x, scale, length);
        asFloats.put(0, scale, 0, length);
        asInts.get(0, bits, 0, length);
        powersOfTwo(bits, length);
        asInts.put(0, bits, 0, length);
        asFloats.get(0, scale, 0, length);
        multiply(x, scale, length);
    }

    /** x ← eᶠ; rounded ← k, in its low bits. */
    private static void reduce(float[] x, float[] rounded, int length) {
        for (int i = 0; i < length; i++) {
            float value = Math.max(LOWEST, Math.min(HIGHEST, x[i]));
            float shifted = value * LOG2_E + ROUNDING;
            rounded[i] = shifted;
            float whole = shifted - ROUNDING;
            float f = value - whole * LN2_HIGH - whole * LN2_LOW;
            float p = 1.9875691500e-4f;
            p = p * f + 1.3981999507e-3f;
            p = p * f + 8.3334519073e-3f;
            p = p * f + 4.1665795894e-2f;
            p = p * f + 1.6666665459e-1f;
            p = p * f + 5.0000001201e-1f;
            x[i] = p * f * f + f + 1;
        }
    }

    private static void powersOfTwo(int[] bits, int length) {
        for (int i = 0; i < length; i++) {
            bits[i] = (bits[i] << EXPONENT_SHIFT) + EXPONENT_OF_ONE;
        }
    }

    private static void multiply(float[] x, float[] factor, int length) {
        for (int i = 0; i < length; i++) {
            x[i] *= factor[i];
        }
    }
}
