package org.spactor.cuda.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Operand;

/** Operands whose elements do not lie one behind the other. */
final class View {
    private static final KernelSource SOURCE = KernelSource.of("movement.cu");

    private View() {}

    /** Copies an operand of any strides and type into contiguous memory. */
    static Kernel.Work copy(Operand x, long from, long to, ProgramMemory memory) {
        Device device = memory.device();
        ElementType type = x.buffer().type();
        if (x.isContiguous()) {
            return accumulates -> device.copy(from, to, x.elements() * type.bytes());
        }
        int rank = x.shape().length;
        ByteBuffer sides = ByteBuffer.allocateDirect(2 * rank * Long.BYTES).order(ByteOrder.nativeOrder());
        sides.asLongBuffer().put(x.shape()).put(x.strides());
        long sidesAddress = memory.constant(sides);
        DeviceFunction copy = device.function(SOURCE.with("ELEMENT", name(type)), "copy");
        return accumulates ->
                device.launch(copy, Grid.elements(x.elements()), from, to, x.elements(), rank, sidesAddress);
    }

    /** What elements of a type are called in CUDA C++. */
    static String name(ElementType type) {
        return switch (type) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case BFLOAT16 -> "bfloat16";
            case INT32 -> "int";
            case INT64 -> "int64";
        };
    }
}
