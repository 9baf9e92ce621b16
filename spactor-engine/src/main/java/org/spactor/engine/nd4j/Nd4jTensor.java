package org.spactor.engine.nd4j;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.nd4j.host.HostFloats;
import org.spactor.engine.plan.ElementType;

/** An array of ND4J's, row-major. */
final class Nd4jTensor implements DeviceTensor {
    private final INDArray array;
    private final ElementType type;

    Nd4jTensor(INDArray array, ElementType type) {
        this.array = array;
        this.type = type;
    }

    INDArray array() {
        return array;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public long[] shape() {
        return array.shape().clone();
    }

    @Override
    public long elements() {
        return array.length();
    }

    @Override
    public HostFloats host() {
        requireFloats();
        return HostFloats.of(array);
    }

    @Override
    public void read(long from, FloatBuffer into) {
        requireFloats();
        into.put(part(from, into.remaining()));
    }

    @Override
    public void write(long from, FloatBuffer elements) {
        requireFloats();
        if (Nd4j.getEnvironment().isCPU()) {
            part(from, elements.remaining()).put(elements);
            return;
        }
        HostFloats host = host();
        host.elements().position(Math.toIntExact(from)).put(elements);
        host.commit();
    }

    /** Some elements, for reading; on a CPU for writing, too. */
    private FloatBuffer part(long from, int length) {
        if (from < 0 || from + length > elements()) {
            throw new IndexOutOfBoundsException(
                    "elements " + from + " to " + (from + length) + " of a tensor of " + elements());
        }
        if (!Nd4j.getEnvironment().isCPU()) {
            return host().elements().slice(Math.toIntExact(from), length);
        }
        if (length == 0) {
            return FloatBuffer.allocate(0);
        }
        FloatPointer pointer = new FloatPointer(array.data().addressPointer())
                .capacity(from + length)
                .position(from);
        return pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private void requireFloats() {
        if (type != ElementType.FLOAT32 || array.dataType() != DataType.FLOAT) {
            throw new IllegalStateException("the elements are " + type + ", not float32");
        }
    }

    @Override
    public void close() {
        array.close();
    }
}
