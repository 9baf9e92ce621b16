package org.spactor.cuda.kernel;

import java.util.function.LongSupplier;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Shape;

/**
 * Elements in a card's memory.
 *
 * @param address of the first one
 * @param type what they are
 * @param shape sides
 * @param strides distances, in elements, along each side
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record View(long address, ElementType type, long[] shape, long[] strides) {
    private static final KernelSource SOURCE = KernelSource.of("movement.cu");

    /** An operand. */
    static View of(Operand operand, ProgramMemory memory) {
        return new View(memory.address(operand), operand.buffer().type(), operand.shape(), operand.strides());
    }

    /** The same elements from another one on. */
    View from(long element) {
        return new View(address + element * type.bytes(), type, shape, strides);
    }

    /** The same memory with other sides. */
    View with(long[] sides, long[] distances) {
        return new View(address, type, sides, distances);
    }

    /**
     * Strides along the sides of a larger shape, to which this view is stretched.
     *
     * @param larger the last sides belong to each other
     */
    long[] stretchedTo(long[] larger) {
        long[] stretched = new long[larger.length];
        int missing = larger.length - shape.length;
        for (int side = missing; side < larger.length; side++) {
            stretched[side] = shape[side - missing] == 1 ? 0 : strides[side - missing];
        }
        return stretched;
    }

    /** Copies these elements to those of another view of the same shape. */
    Kernel.Work copyTo(View target, ProgramMemory memory) {
        return copyTo(target.strides, () -> target.address, memory);
    }

    /**
     * Copies these elements to a place that is known when the work is enqueued.
     *
     * @param distances strides there
     */
    Kernel.Work copyTo(long[] distances, LongSupplier target, ProgramMemory memory) {
        Device device = memory.device();
        Loop loop = Loop.over(shape, strides, distances);
        long elements = Shape.elements(shape);
        if (isContiguous(shape, strides) && isContiguous(shape, distances)) {
            return accumulates -> device.copy(address, target.getAsLong(), elements * type.bytes());
        }
        DeviceFunction copy = device.function(SOURCE.with("ELEMENT", elementName(type)), "copy");
        long table = memory.constant(Loop.table(loop));
        return accumulates ->
                device.launch(copy, Grid.elements(elements), address, target.getAsLong(), elements, loop.rank(), table);
    }

    private static boolean isContiguous(long[] shape, long[] strides) {
        long expected = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1 && strides[i] != expected) {
                return false;
            }
            expected *= shape[i];
        }
        return true;
    }

    /** What elements of a type are called in CUDA C++. */
    static String elementName(ElementType type) {
        return switch (type) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case BFLOAT16 -> "bfloat16";
            case INT32 -> "int";
            case INT64 -> "int64";
        };
    }
}
