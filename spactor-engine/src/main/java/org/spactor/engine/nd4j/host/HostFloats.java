package org.spactor.engine.nd4j.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.backend.DeviceTensor;

/**
 * The elements of a row-major float32 array in the host's memory. On a CPU they are the array's own; on another device
 * they are a copy, which {@link #commit} copies back.
 */
public final class HostFloats implements DeviceTensor.HostView {
    private final INDArray array;
    private final boolean shared;
    private final ByteBuffer bytes;
    private final FloatBuffer elements;

    private HostFloats(INDArray array) {
        this.array = array;
        this.shared = Nd4j.getEnvironment().isCPU();
        this.bytes = shared ? view(array) : copy(array);
        this.elements = bytes.asFloatBuffer();
    }

    /**
     * The elements of an array.
     *
     * @throws IllegalArgumentException if it is larger than 2 GB
     */
    public static HostFloats of(INDArray array) {
        return new HostFloats(array);
    }

    /** Reads the elements of an array. */
    public static FloatBuffer read(INDArray array) {
        return of(array).elements;
    }

    @Override
    public FloatBuffer elements() {
        return elements;
    }

    @Override
    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void commit() {
        if (!shared) {
            float[] values = new float[elements.limit()];
            elements.get(0, values);
            array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
        }
    }

    private static ByteBuffer view(INDArray array) {
        requireSize(array);
        FloatPointer pointer = new FloatPointer(array.data().addressPointer()).capacity(array.length());
        return pointer.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer copy(INDArray array) {
        requireSize(array);
        ByteBuffer copy = ByteBuffer.allocateDirect(Math.toIntExact(array.length() * Float.BYTES))
                .order(ByteOrder.nativeOrder());
        copy.asFloatBuffer().put(array.dup('c').data().asFloat());
        return copy;
    }

    private static void requireSize(INDArray array) {
        if (array.length() > Integer.MAX_VALUE / Float.BYTES) {
            throw new IllegalArgumentException("a tensor of " + array.length()
                    + " float32 elements is larger than the 2 GB that Java code can look at; split the parameter");
        }
    }
}
