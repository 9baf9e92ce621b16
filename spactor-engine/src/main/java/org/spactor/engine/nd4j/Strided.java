package org.spactor.engine.nd4j;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.memory.pointers.PagedPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.nd4j.host.HostFloats;
import org.spactor.engine.nd4j.host.Slice;
import org.spactor.engine.plan.Shape;

/**
 * A part of an array as native code sees it.
 *
 * @param array keeps the elements from being freed
 * @param shape sides
 * @param strides distances, in elements, between neighbours along each side
 * @param offset first element, from the array's first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Strided(INDArray array, long[] shape, long[] strides, long offset) {
    /** A whole array. */
    static Strided of(INDArray array) {
        return new Strided(array, array.shape().clone(), array.stride().clone(), 0);
    }

    int rank() {
        return shape.length;
    }

    /** A side's length, counted from the last: 1 is the last. */
    long sideFromEnd(int side) {
        return shape[shape.length - side];
    }

    /** A side's stride, counted from the last: 1 is the last. */
    long strideFromEnd(int side) {
        return strides[strides.length - side];
    }

    /** The same elements with the last two sides exchanged. */
    Strided transposed() {
        long[] otherShape = shape.clone();
        long[] otherStrides = strides.clone();
        int last = shape.length - 1;
        otherShape[last] = shape[last - 1];
        otherShape[last - 1] = shape[last];
        otherStrides[last] = strides[last - 1];
        otherStrides[last - 1] = strides[last];
        return new Strided(array, otherShape, otherStrides, offset);
    }

    /** Whether neighbours in memory are neighbours along the last side but one. */
    boolean isTransposed() {
        return strideFromEnd(1) != 1 && strideFromEnd(2) == 1;
    }

    /** The same elements with neighbours in memory along the last side. */
    Strided straight() {
        return isTransposed() ? transposed() : this;
    }

    /** The same elements as an array. */
    INDArray toArray() {
        // ND4J counts an offset above 0 from the beginning of the memory that the array's buffer is a part of
        long start = offset == 0 ? 0 : array.data().offset() + offset;
        return Nd4j.create(array.data(), shape, strides, start, 'c', array.dataType());
    }

    /** Some of the places along a side. */
    Strided slice(int side, Slice places) {
        long[] shorter = shape.clone();
        shorter[side] = places.length();
        return new Strided(array, shorter, strides, offset + places.from() * strides[side]);
    }

    /** The same elements as rows of the last side's length; they must lie one behind the other. */
    Strided asMatrix() {
        long columns = sideFromEnd(1);
        long[] matrix = {Shape.elements(shape) / columns, columns};
        return new Strided(array, matrix, Shape.contiguousStrides(matrix), offset);
    }

    /** The elements in the host's memory; they must be float32 and lie one behind the other. */
    FloatBuffer floats() {
        return HostFloats.read(array).slice(Math.toIntExact(offset), Math.toIntExact(Shape.elements(shape)));
    }

    /** Where the first element is. */
    long address() {
        return array.data().addressPointer().address() + offset * array.data().getElementSize();
    }

    /** A pointer to the first element. */
    Pointer pointer() {
        return new PagedPointer(address());
    }

    @Override
    public String toString() {
        return array.dataType() + Arrays.toString(shape) + " with strides " + Arrays.toString(strides);
    }
}
