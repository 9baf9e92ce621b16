package org.spactor.engine.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.spactor.engine.plan.Shape;

/**
 * A named tensor in a safetensors file.
 *
 * @param name unique in the file
 * @param type element type as the format names it: {@code F32}, {@code I32}, {@code I64}
 * @param shape sides, row-major
 * @param bytes elements, little-endian; between position and limit
 */
public record Tensor(String name, String type, long[] shape, ByteBuffer bytes) {
    /** The elements of a tensor of type F32 as doubles. */
    public double[] doubles() {
        float[] floats = floats();
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    /** The elements of a tensor of type F32. */
    public float[] floats() {
        require("F32");
        float[] values = new float[length()];
        buffer().asFloatBuffer().get(values);
        return values;
    }

    /** The elements of a tensor of type I32. */
    public int[] ints() {
        require("I32");
        int[] values = new int[length()];
        buffer().asIntBuffer().get(values);
        return values;
    }

    private ByteBuffer buffer() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private int length() {
        return Math.toIntExact(Shape.elements(shape));
    }

    private void require(String wanted) {
        if (!type.equals(wanted)) {
            throw new IllegalStateException("tensor '" + name + "' has type " + type + ", not " + wanted);
        }
    }
}
