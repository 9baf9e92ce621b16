package org.spactor.engine.backend;

import java.util.Map;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;

/**
 * A device that holds tensors and runs plans on them. Thread-safe; the tensors and programs that it makes are not.
 *
 * <p>An implementation has to offer nothing but this: what is trained, on what and in which order is said by plans.
 */
public interface Backend {
    /** What multiplies matrices here, for instance {@code oneDNN}; for messages and reports. */
    String productLibrary();

    /** Whether plans whose products take bfloat16 operands run here. */
    boolean takesBFloat16();

    /**
     * Whether attention that keeps no probabilities runs here, by kernels of the kinds
     * {@link org.spactor.engine.plan.Kinds#onRequest()}.
     */
    default boolean fusesAttention() {
        return false;
    }

    /** Makes a tensor of zeros, row-major. */
    DeviceTensor allocate(ElementType type, long... shape);

    /**
     * Makes an instance of a plan, with memory of its own.
     *
     * @param tensors of each buffer that is {@linkplain org.spactor.engine.plan.Buffer.Storage.Parameter shared} with
     *     others, the tensor by the buffer's name; of this backend. They are read and written in place, never copied
     * @param threads how many threads share the work, where that means anything; the results may differ between numbers
     *     of threads, by rounding
     * @throws IllegalArgumentException if a tensor is missing or of another type or size than the plan says, or there is
     *     no kernel for an instruction
     */
    Program prepare(Plan plan, Map<String, ? extends DeviceTensor> tensors, int threads);

    /** Waits until all work that was asked for is done; there is nothing to wait for where a run ends when it is done. */
    default void synchronize() {}

    /** Makes an instance of a plan for one thread. */
    default Program prepare(Plan plan, Map<String, ? extends DeviceTensor> tensors) {
        return prepare(plan, tensors, 1);
    }
}
