package org.spactor.engine.nd4j.host;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The elements of a row-major int32 array in the host's memory. */
public final class HostInts {
    private HostInts() {}

    /** The elements of an array on a CPU, as they are now and will be. */
    public static IntBuffer read(INDArray array) {
        IntPointer pointer = new IntPointer(array.data().addressPointer()).capacity(array.length());
        return pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asIntBuffer();
    }
}
