package org.spactor.cuda.kernel;

import java.util.ArrayList;
import java.util.List;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Operand;

/**
 * An instruction that is one kernel, which takes the addresses of all inputs, those of all outputs, and settings.
 *
 * @param source the file
 * @param function the kernel
 * @param grid threads
 * @param settings what comes behind the addresses
 */
record SimpleKernel(KernelSource source, String function, Threads grid, Settings settings) implements Kernel {
    /** A kernel with a thread for each element of the first output, whose number is the first of the settings. */
    static SimpleKernel elements(KernelSource source, String function, Settings more) {
        return new SimpleKernel(
                source,
                function,
                instruction -> Grid.elements(instruction.output(0).elements()),
                (instruction, memory) -> {
                    List<Object> settings = new ArrayList<>();
                    settings.add(instruction.output(0).elements());
                    settings.addAll(more.of(instruction, memory));
                    return settings;
                });
    }

    /** A kernel with a thread for each element of the first output, and no settings but their number. */
    static SimpleKernel elements(KernelSource source, String function) {
        return elements(source, function, (instruction, memory) -> List.of());
    }

    @Override
    public Work prepare(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction kernel = device.function(source, function);
        List<Object> arguments = new ArrayList<>();
        for (Operand input : instruction.inputs()) {
            arguments.add(memory.address(input));
        }
        for (Operand output : instruction.outputs()) {
            arguments.add(memory.address(output));
        }
        arguments.addAll(settings.of(instruction, memory));
        Grid threads = grid.of(instruction);
        Object[] all = arguments.toArray();
        return accumulates -> device.launch(kernel, threads, all);
    }

    /** How many threads an instruction takes. */
    @FunctionalInterface
    interface Threads {
        Grid of(Instruction instruction);
    }

    /** What a kernel is told beside the addresses. */
    @FunctionalInterface
    interface Settings {
        List<Object> of(Instruction instruction, ProgramMemory memory);
    }
}
