package org.spactor.engine.nd4j;

import java.util.Optional;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Intel's library of kernels for CPUs, where it runs, and ND4J's arrays as it sees them. */
final class OneDnn {
    private static final Logger log = LoggerFactory.getLogger(OneDnn.class);
    private static final int MOST_SIDES = 12;

    private final engine cpu = new engine(engine.kind.cpu, 0);

    private OneDnn() {}

    /** The library, or nothing where its natives are missing or do not load. */
    static Optional<OneDnn> load() {
        try {
            return Optional.of(new OneDnn());
        } catch (LinkageError | RuntimeException e) {
            log.info("oneDNN does not run here; matrix products are OpenBLAS's", e);
            return Optional.empty();
        }
    }

    engine engine() {
        return cpu;
    }

    stream stream() {
        return new stream(cpu);
    }

    /** Type, shape and strides of an array, its last two sides exchanged if asked for. */
    static memory.desc describe(INDArray array, boolean transposed) {
        long[] shape = array.shape().clone();
        long[] strides = array.stride().clone();
        int rank = shape.length;
        if (rank < 2 || rank > MOST_SIDES) {
            throw new IllegalArgumentException("oneDNN multiplies arrays of 2 to 12 sides, not of " + rank);
        }
        if (transposed) {
            exchangeLastTwo(shape);
            exchangeLastTwo(strides);
        }
        return new memory.desc(shape, type(array), strides);
    }

    /** The elements of an array, as described; the array must be kept as long as this is used. */
    memory memory(INDArray array, memory.desc description) {
        Pointer elements = array.data().addressPointer();
        return new memory(description, cpu, elements);
    }

    private static memory.data_type type(INDArray array) {
        return switch (array.dataType()) {
            case FLOAT -> memory.data_type.f32;
            case BFLOAT16 -> memory.data_type.bf16;
            default -> throw new IllegalArgumentException("oneDNN gets no arrays of " + array.dataType());
        };
    }

    private static void exchangeLastTwo(long[] values) {
        long last = values[values.length - 1];
        values[values.length - 1] = values[values.length - 2];
        values[values.length - 2] = last;
    }
}
