package org.spactor.cuda.kernel;

import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/** RMSNorm and its gradient. */
final class NormKernels {
    private static final KernelSource SOURCE = KernelSource.of("norm.cu");
    private static final int COLUMNS_OF_BLOCK = 32;
    /** Into how many stretches rows are cut whose shares of the weight's gradient are added up side by side, at most. */
    private static final long STRETCHES = 128;

    private static final long SHORTEST_STRETCH = 64;

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(
                Kinds.RMS_NORM,
                new SimpleKernel(
                        SOURCE,
                        "rms_norm",
                        instruction ->
                                Grid.warps(Shape.rows(instruction.input(0).shape())),
                        (instruction, memory) -> List.of(
                                Shape.rows(instruction.input(0).shape()),
                                Shape.columns(instruction.input(0).shape()),
                                (float) instruction.attributes().real("epsilon"))));
        kernels.put(
                Kinds.RMS_NORM_GRADIENT,
                (instruction, memory) -> Kernel.Work.sequence(ofX(instruction, memory), ofWeight(instruction, memory)));
    }

    private static Kernel.Work ofX(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction function = device.function(SOURCE, "rms_norm_gradient");
        Operand x = instruction.input(0);
        long result = memory.address(instruction.output(0));
        long addend = instruction.adds() ? memory.address(instruction.input(OperandNames.ADDEND)) : result;
        long rows = Shape.rows(x.shape());
        return accumulates -> device.launch(
                function,
                Grid.warps(rows),
                memory.address(x),
                memory.address(instruction.input(1)),
                memory.address(instruction.input(2)),
                memory.address(instruction.input(3)),
                addend,
                result,
                rows,
                Shape.columns(x.shape()),
                instruction.adds() ? 1 : 0);
    }

    private static Kernel.Work ofWeight(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction partial = device.function(SOURCE, "partial_weight_gradient");
        DeviceFunction total = device.function(SOURCE, "total_weight_gradient");
        Operand x = instruction.input(0);
        long rows = Shape.rows(x.shape());
        long width = Shape.columns(x.shape());
        long stretch = Math.max(SHORTEST_STRETCH, (rows + STRETCHES - 1) / STRETCHES);
        long stretches = (rows + stretch - 1) / stretch;
        ProgramMemory.Scratch scratch = memory.scratch(stretches * width * Float.BYTES);
        Grid grid = new Grid((width + COLUMNS_OF_BLOCK - 1) / COLUMNS_OF_BLOCK, stretches, 1, Grid.THREADS, 0);
        return accumulates -> {
            device.launch(
                    partial,
                    grid,
                    memory.address(x),
                    memory.address(instruction.input(2)),
                    memory.address(instruction.input(3)),
                    scratch.address(0),
                    rows,
                    width,
                    stretch);
            device.launch(
                    total,
                    Grid.elements(width),
                    scratch.address(0),
                    memory.address(instruction.output(1)),
                    width,
                    (int) stretches,
                    accumulates && instruction.accumulates() ? 1 : 0);
        };
    }
}
