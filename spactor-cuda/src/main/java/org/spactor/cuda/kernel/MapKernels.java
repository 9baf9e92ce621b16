package org.spactor.cuda.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Expression;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;

/** Expressions of elements, and sums of them: each is a kernel of its own, whose source is written for it. */
final class MapKernels {
    private static final KernelSource STEP = KernelSource.of("step.cu");
    /** Elements that a block adds up: a multiple of its threads. */
    private static final long STRETCH = 1 << 14;

    private static final long ROWS_OF_STRETCH = 64;
    private static final long MOST_BLOCKS = 1 << 20;

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.MAP, MapKernels::map);
        kernels.put(Kinds.MAP_SUM, MapKernels::sum);
    }

    private static Kernel.Work map(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        Operand output = instruction.output(0);
        long rows = output.shape()[0];
        long columns = output.shape()[1];
        boolean wide = output.buffer().type() == ElementType.FLOAT64;
        ExpressionSource source =
                new ExpressionSource(Expression.of(instruction), instruction.inputs(), rows, columns, wide);
        DeviceFunction function = device.function(source.map(instruction.outputs()), "map");
        List<Object> arguments = addresses(instruction.inputs(), memory);
        arguments.addAll(addresses(instruction.outputs(), memory));
        arguments.addAll(List.of(rows, columns));
        Object[] all = arguments.toArray();
        return accumulates -> device.launch(function, Grid.elements(rows * columns), all);
    }

    private static Kernel.Work sum(Instruction instruction, ProgramMemory memory) {
        long rows = instruction.attributes().integer("rows");
        long columns = instruction.attributes().integer("columns");
        ExpressionSource source =
                new ExpressionSource(Expression.of(instruction), instruction.inputs(), rows, columns, false);
        long over = instruction.attributes().integer("over");
        if (over == Kinds.OVER_COLUMNS) {
            return sumColumns(instruction, source, rows, columns, memory);
        }
        return over == Kinds.OVER_ALL
                ? sumAll(instruction, source, rows, columns, memory)
                : sumRows(instruction, source, rows, columns, memory);
    }

    private static Kernel.Work sumAll(
            Instruction instruction, ExpressionSource source, long rows, long columns, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction partial = device.function(source.sumAll(), "sum_all");
        DeviceFunction total = device.function(STEP, "total_of_partial_sums");
        long blocks = (rows * columns + STRETCH - 1) / STRETCH;
        ProgramMemory.Scratch scratch = memory.scratch(blocks * Double.BYTES);
        List<Object> inputs = addresses(instruction.inputs(), memory);
        long result = memory.address(instruction.output(0));
        return accumulates -> {
            device.launch(
                    partial,
                    Grid.blocks(blocks, Grid.THREADS),
                    followed(inputs, scratch.address(0), rows, columns, STRETCH));
            device.launch(total, Grid.blocks(1, Grid.THREADS), scratch.address(0), (int) blocks, result);
        };
    }

    private static Kernel.Work sumColumns(
            Instruction instruction, ExpressionSource source, long rows, long columns, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction function = device.function(source.sumColumns(), "sum_columns");
        List<Object> inputs = addresses(instruction.inputs(), memory);
        long result = memory.address(instruction.output(0));
        return accumulates -> device.launch(
                function,
                Grid.blocks(Math.min(rows, MOST_BLOCKS), Grid.THREADS),
                followed(inputs, result, rows, columns));
    }

    private static Kernel.Work sumRows(
            Instruction instruction, ExpressionSource source, long rows, long columns, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction partial = device.function(source.sumRows(), "sum_rows");
        DeviceFunction total = device.function(STEP, "total_of_partial_rows");
        long stretches = (rows + ROWS_OF_STRETCH - 1) / ROWS_OF_STRETCH;
        ProgramMemory.Scratch scratch = memory.scratch(stretches * columns * Double.BYTES);
        Grid grid = new Grid((columns + Grid.THREADS - 1) / Grid.THREADS, stretches, 1, Grid.THREADS, 0);
        List<Object> inputs = addresses(instruction.inputs(), memory);
        long result = memory.address(instruction.output(0));
        return accumulates -> {
            device.launch(partial, grid, followed(inputs, scratch.address(0), rows, columns, ROWS_OF_STRETCH));
            device.launch(total, Grid.elements(columns), scratch.address(0), result, columns, (int) stretches);
        };
    }

    private static List<Object> addresses(List<Operand> operands, ProgramMemory memory) {
        List<Object> addresses = new ArrayList<>();
        operands.forEach(operand -> addresses.add(memory.address(operand)));
        return addresses;
    }

    private static Object[] followed(List<Object> first, Object... then) {
        List<Object> all = new ArrayList<>(first);
        all.addAll(List.of(then));
        return all.toArray();
    }
}
