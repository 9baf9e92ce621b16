package org.spactor.cuda.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.StockAttributes;

/** SameDiff's own operations that only move elements, of any type. */
final class StockMovementKernels {
    void addTo(Map<String, Kernel> kernels) {
        kernels.put(
                Kinds.STOCK_CONCAT,
                (instruction, memory) -> parts(instruction, instruction.inputs(), instruction.output(0), true, memory));
        kernels.put(Kinds.STOCK_CONCAT_GRADIENT, (instruction, memory) -> {
            Operand gradient = instruction.input(instruction.inputs().size() - 1);
            return parts(instruction, instruction.outputs(), gradient, false, memory);
        });
        kernels.put(
                Kinds.STOCK_SPLIT,
                (instruction, memory) ->
                        parts(instruction, instruction.outputs(), instruction.input(0), false, memory));
        kernels.put(
                Kinds.STOCK_STACK,
                (instruction, memory) ->
                        slices(instruction, instruction.inputs(), instruction.output(0), true, memory));
        kernels.put(
                Kinds.STOCK_UNSTACK,
                (instruction, memory) ->
                        slices(instruction, instruction.outputs(), instruction.input(0), false, memory));
        kernels.put(Kinds.STOCK_STRIDED_SLICE, StockMovementKernels::slice);
        kernels.put(Kinds.STOCK_STRIDED_SLICE_GRADIENT, StockMovementKernels::sliceGradient);
        kernels.put(Kinds.STOCK_ZEROS_LIKE, StockMovementKernels::zeros);
    }

    /** Parts that lie one behind the other along an axis of the whole. */
    private static Kernel.Work parts(
            Instruction instruction, List<Operand> parts, Operand whole, boolean together, ProgramMemory memory) {
        int axis = instruction.attributes().number(StockAttributes.AXIS);
        View all = View.of(whole, memory);
        List<Kernel.Work> copies = new ArrayList<>();
        long start = 0;
        for (Operand part : parts) {
            View one = View.of(part, memory);
            View place = all.from(start * all.strides()[axis]).with(part.shape(), all.strides());
            copies.add(together ? one.copyTo(place, memory) : place.copyTo(one, memory));
            start += part.shape()[axis];
        }
        return Kernel.Work.sequence(copies.toArray(Kernel.Work[]::new));
    }

    /** Parts that each are one place along an axis of the whole, which they do not have. */
    private static Kernel.Work slices(
            Instruction instruction, List<Operand> parts, Operand whole, boolean together, ProgramMemory memory) {
        int axis = instruction.attributes().number(StockAttributes.AXIS);
        View all = View.of(whole, memory);
        long[] strides = without(all.strides(), axis);
        List<Kernel.Work> copies = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            View one = View.of(parts.get(i), memory);
            View place = all.from(i * all.strides()[axis]).with(parts.get(i).shape(), strides);
            copies.add(together ? one.copyTo(place, memory) : place.copyTo(one, memory));
        }
        return Kernel.Work.sequence(copies.toArray(Kernel.Work[]::new));
    }

    private static long[] without(long[] values, int place) {
        long[] fewer = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(values, place + 1, fewer, place, fewer.length - place);
        return fewer;
    }

    private static Kernel.Work slice(Instruction instruction, ProgramMemory memory) {
        View taken = taken(View.of(instruction.input(0), memory), instruction);
        return taken.copyTo(inTheShapeOf(taken, View.of(instruction.output(0), memory)), memory);
    }

    private static Kernel.Work sliceGradient(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        View result = View.of(instruction.output(0), memory);
        View taken = taken(result, instruction);
        Kernel.Work back =
                inTheShapeOf(taken, View.of(instruction.input(1), memory)).copyTo(taken, memory);
        long bytes = instruction.output(0).elements() * result.type().bytes();
        return accumulates -> {
            device.zero(result.address(), bytes);
            back.enqueue(accumulates);
        };
    }

    /** The elements of a view that are taken. */
    private static View taken(View view, Instruction instruction) {
        long[] begin = instruction.attributes().integers(StockAttributes.BEGIN);
        long[] end = instruction.attributes().integers(StockAttributes.END);
        long[] steps = instruction.attributes().integers(StockAttributes.STRIDES);
        long first = 0;
        long[] sides = new long[begin.length];
        long[] strides = new long[begin.length];
        for (int axis = 0; axis < begin.length; axis++) {
            first += begin[axis] * view.strides()[axis];
            sides[axis] = (end[axis] - begin[axis] + steps[axis] - 1) / steps[axis];
            strides[axis] = view.strides()[axis] * steps[axis];
        }
        return view.from(first).with(sides, strides);
    }

    /** Elements in a shape in which some sides of length 1 may be missing, seen in the shape in which they are there. */
    private static View inTheShapeOf(View taken, View fewer) {
        long[] strides = new long[taken.shape().length];
        int next = 0;
        for (int side = 0; side < strides.length; side++) {
            boolean there = next < fewer.shape().length && fewer.shape()[next] == taken.shape()[side];
            strides[side] = there ? fewer.strides()[next] : 0;
            next += there ? 1 : 0;
        }
        return fewer.with(taken.shape(), strides);
    }

    private static Kernel.Work zeros(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        Operand zeros = instruction.output(0);
        long address = memory.address(zeros);
        long bytes = zeros.elements() * zeros.buffer().type().bytes();
        return accumulates -> device.zero(address, bytes);
    }
}
