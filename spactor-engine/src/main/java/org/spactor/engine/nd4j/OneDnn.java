package org.spactor.engine.nd4j;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Intel's library of kernels for CPUs, where it runs. */
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

    /** Whether the CPU multiplies bfloat16 by instructions of its own. */
    boolean hasBFloat16() {
        int wanted = dnnl.dnnl_cpu_isa_avx512_core_bf16;
        return (dnnl.dnnl_get_effective_cpu_isa() & wanted) == wanted;
    }

    engine engine() {
        return cpu;
    }

    stream stream() {
        return new stream(cpu);
    }

    /** Type, shape and strides of an operand. */
    static memory.desc describe(Strided operand) {
        if (operand.rank() < 2 || operand.rank() > MOST_SIDES) {
            throw new IllegalArgumentException("oneDNN multiplies operands of 2 to 12 sides, not " + operand);
        }
        return new memory.desc(operand.shape(), type(operand.array()), operand.strides());
    }

    /** What tells operands apart for whoever looks for a primitive. */
    static List<Object> key(Strided operand) {
        return List.of(
                operand.array().dataType(),
                LongStream.of(operand.shape()).boxed().toList(),
                LongStream.of(operand.strides()).boxed().toList());
    }

    /** The elements of an operand, as described; its array must be kept as long as this is used. */
    memory memory(Strided operand, memory.desc description) {
        return new memory(description, cpu, operand.pointer());
    }

    private static memory.data_type type(INDArray array) {
        return switch (array.dataType()) {
            case FLOAT -> memory.data_type.f32;
            case BFLOAT16 -> memory.data_type.bf16;
            default -> throw new IllegalArgumentException("oneDNN gets no arrays of " + array.dataType());
        };
    }
}
