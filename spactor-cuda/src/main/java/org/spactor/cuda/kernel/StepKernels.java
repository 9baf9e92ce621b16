package org.spactor.cuda.kernel;

import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;

/** What a step of training does between gradients and optimizer. */
final class StepKernels {
    private static final KernelSource SOURCE = KernelSource.of("step.cu");
    /** Elements that a block adds up: a multiple of its threads. */
    private static final long STRETCH = 1 << 16;

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.ADD_ALL, StepKernels::addAll);
        kernels.put(Kinds.SUMS_OF_SQUARES, StepKernels::sumsOfSquares);
    }

    private static Kernel.Work addAll(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction add = device.function(SOURCE, "add_to");
        int terms = instruction.inputs().size() / instruction.outputs().size();
        return accumulates -> {
            for (int i = 0; i < instruction.outputs().size(); i++) {
                Operand sum = instruction.output(i);
                for (int term = 1; term < terms; term++) {
                    long x = memory.address(instruction.input(i * terms + term));
                    device.launch(add, Grid.elements(sum.elements()), memory.address(sum), x, sum.elements());
                }
            }
        };
    }

    /** In double precision, over stretches whose borders depend on nothing but the length. */
    private static Kernel.Work sumsOfSquares(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction partial = device.function(SOURCE, "partial_sums_of_squares");
        DeviceFunction total = device.function(SOURCE, "total_of_partial_sums");
        long longest =
                instruction.inputs().stream().mapToLong(Operand::elements).max().orElse(0);
        ProgramMemory.Scratch scratch = memory.scratch(blocks(longest) * Double.BYTES);
        long sums = memory.address(instruction.output(0));
        return accumulates -> {
            for (int i = 0; i < instruction.inputs().size(); i++) {
                Operand x = instruction.input(i);
                long blocks = blocks(x.elements());
                device.launch(
                        partial,
                        Grid.blocks(blocks, Grid.THREADS),
                        memory.address(x),
                        scratch.address(0),
                        x.elements(),
                        STRETCH);
                device.launch(
                        total,
                        Grid.blocks(1, Grid.THREADS),
                        scratch.address(0),
                        (int) blocks,
                        sums + (long) i * Double.BYTES);
            }
        };
    }

    private static long blocks(long elements) {
        return Math.max(1, (elements + STRETCH - 1) / STRETCH);
    }
}
