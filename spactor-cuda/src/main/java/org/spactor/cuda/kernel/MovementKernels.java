package org.spactor.cuda.kernel;

import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;

/** What moves, adds up or rounds elements on behalf of the compiler. */
final class MovementKernels {
    private static final KernelSource SOURCE = KernelSource.of("movement.cu");

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.COPY, MovementKernels::copy);
        kernels.put(Kinds.ACCUMULATE, MovementKernels::accumulate);
        kernels.put(Kinds.TO_BFLOAT16, MovementKernels::round);
    }

    private static Kernel.Work copy(Instruction instruction, ProgramMemory memory) {
        return View.of(instruction.input(0), memory).copyTo(View.of(instruction.output(0), memory), memory);
    }

    private static Kernel.Work accumulate(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction add = device.function(SOURCE, "accumulate");
        Operand total = instruction.output(0);
        long from = memory.address(instruction.input(0));
        long to = memory.address(total);
        long elements = total.elements();
        return accumulates -> {
            if (accumulates) {
                device.launch(add, Grid.elements(elements), from, to, elements);
            } else {
                device.copy(from, to, elements * ElementType.FLOAT32.bytes());
            }
        };
    }

    private static Kernel.Work round(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction round = device.function(SOURCE, "round_to_bfloat16");
        return accumulates -> {
            for (int i = 0; i < instruction.inputs().size(); i++) {
                Operand x = instruction.input(i);
                device.launch(
                        round,
                        Grid.elements(x.elements()),
                        memory.address(x),
                        memory.address(instruction.output(i)),
                        x.elements());
            }
        };
    }
}
