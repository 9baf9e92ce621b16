package org.spactor.engine.reference;

import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Shape;

/** A view of memory. Elements are addressed by their row-major index, whatever the strides are. */
public final class Tensor {
    private final Memory memory;
    private final int offset;
    private final long[] shape;
    private final long[] strides;
    private final boolean contiguous;

    /**
     * A view.
     *
     * @param memory where the operand's buffer lies
     * @param offset where in it the buffer begins
     */
    Tensor(Memory memory, long offset, Operand operand) {
        this.memory = memory;
        this.offset = Math.toIntExact(offset);
        this.shape = operand.shape();
        this.strides = operand.strides();
        this.contiguous = operand.isContiguous();
    }

    /** Sides; none for a scalar. */
    public long[] shape() {
        return shape.clone();
    }

    /** Number of sides. */
    public int rank() {
        return shape.length;
    }

    /** Length of a side. */
    public int side(int axis) {
        return Math.toIntExact(shape[axis]);
    }

    /** Number of elements. */
    public int elements() {
        return Math.toIntExact(Shape.elements(shape));
    }

    /** Length of the last side. */
    public int columns() {
        return Math.toIntExact(Shape.columns(shape));
    }

    /** Product of all sides but the last. */
    public int rows() {
        return Math.toIntExact(Shape.rows(shape));
    }

    /** An element as a real number. */
    public double real(int index) {
        return memory.real(place(index));
    }

    /** An element of a tensor of integers. */
    public long integer(int index) {
        return memory.integer(place(index));
    }

    /** Writes an element. */
    public void set(int index, double value) {
        memory.set(place(index), value);
    }

    /** Writes an element. */
    public void set(int index, long value) {
        memory.set(place(index), value);
    }

    /** Copies an element of a tensor of the same type. */
    public void set(int index, Tensor source, int sourceIndex) {
        memory.copy(place(index), source.memory, source.place(sourceIndex));
    }

    /** A copy of all elements. */
    public double[] reals() {
        double[] values = new double[elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = real(i);
        }
        return values;
    }

    /** A copy of all elements of a tensor of integers. */
    public long[] integers() {
        long[] values = new long[elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(i);
        }
        return values;
    }

    /** Writes all elements. */
    public void write(double[] values) {
        requireLength(values.length);
        for (int i = 0; i < values.length; i++) {
            set(i, values[i]);
        }
    }

    /** Writes all elements. */
    public void write(long[] values) {
        requireLength(values.length);
        for (int i = 0; i < values.length; i++) {
            set(i, values[i]);
        }
    }

    /** Makes all elements of a contiguous tensor unusable. */
    void poison() {
        memory.poison(offset, offset + elements());
    }

    private int place(int index) {
        if (contiguous) {
            return offset + index;
        }
        long place = offset;
        long rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place += rest % shape[axis] * strides[axis];
            rest /= shape[axis];
        }
        return Math.toIntExact(place);
    }

    private void requireLength(int length) {
        if (length != elements()) {
            throw new IllegalArgumentException(length + " values for " + elements() + " elements");
        }
    }
}
