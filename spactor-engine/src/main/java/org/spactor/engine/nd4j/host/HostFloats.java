package org.spactor.engine.nd4j.host;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The elements of a row-major float32 array in the host's memory. On a CPU they are the array's own; on another device
 * they are a copy, which {@link #commit} copies back.
 */
public final class HostFloats {
    private final INDArray array;
    private final boolean shared;
    private final FloatBuffer elements;

    private HostFloats(INDArray array) {
        this.array = array;
        this.shared = Nd4j.getEnvironment().isCPU();
        this.elements =
                shared ? view(array) : FloatBuffer.wrap(array.dup('c').data().asFloat());
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

    /** The elements, from index 0 to the limit. */
    public FloatBuffer elements() {
        return elements;
    }

    /** Says that elements were changed. */
    public void commit() {
        if (!shared) {
            array.assign(Nd4j.createFromArray(elements.array()).reshape(array.shape()));
        }
    }

    private static FloatBuffer view(INDArray array) {
        if (array.length() > Integer.MAX_VALUE / Float.BYTES) {
            throw new IllegalArgumentException("a tensor of " + array.length()
                    + " float32 elements is larger than the 2 GB that Java code can look at; split the parameter");
        }
        FloatPointer pointer = new FloatPointer(array.data().addressPointer()).capacity(array.length());
        return pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
