package org.spactor.engine.backend;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Shape;

/** A row-major tensor in the memory of a backend. */
public interface DeviceTensor extends AutoCloseable {
    /** What the elements are. */
    ElementType type();

    /** Sides; none for a scalar. The caller may change the array. */
    long[] shape();

    /** Number of elements. */
    default long elements() {
        return Shape.elements(shape());
    }

    /**
     * The elements of a tensor of float32 in the host's memory.
     *
     * @throws IllegalStateException if they are of another type
     * @throws IllegalArgumentException if there are more than the 2 GB that Java code can look at
     */
    HostView host();

    /**
     * Copies elements of a tensor of float32 to the host.
     *
     * @param from index of the first one
     * @param into takes as many as it has room for
     */
    void read(long from, FloatBuffer into);

    /**
     * Copies elements from the host into a tensor of float32.
     *
     * @param from index of the first one
     * @param elements what to copy, from the position to the limit
     */
    void write(long from, FloatBuffer elements);

    /** All elements of a tensor of float32, copied. */
    default float[] floats() {
        float[] values = new float[Math.toIntExact(elements())];
        read(0, FloatBuffer.wrap(values));
        return values;
    }

    /** Gives the memory back. */
    @Override
    void close();

    /** Elements that the host can look at: where it can, the tensor's own, elsewhere a copy. */
    interface HostView {
        /** The elements, from index 0 to the limit. */
        FloatBuffer elements();

        /** The same elements as bytes, in the order of the machine. */
        ByteBuffer bytes();

        /** Says that elements were changed: a copy is copied back. */
        void commit();
    }
}
