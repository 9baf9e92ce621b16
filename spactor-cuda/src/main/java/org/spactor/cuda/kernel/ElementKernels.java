package org.spactor.cuda.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Relation;

/** What is done element by element. */
final class ElementKernels {
    private static final KernelSource SOURCE = KernelSource.of("elements.cu");

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.GELU, SimpleKernel.elements(SOURCE, "gelu"));
        kernels.put(Kinds.GELU_GRADIENT, SimpleKernel.elements(SOURCE, "gelu_gradient"));
        kernels.put(Kinds.GATED_GELU, SimpleKernel.elements(SOURCE, "gated_gelu"));
        kernels.put(Kinds.GATED_GELU_GRADIENT, SimpleKernel.elements(SOURCE, "gated_gelu_gradient"));
        kernels.put(Kinds.RECTIFIER, SimpleKernel.elements(SOURCE, "rectifier"));
        kernels.put(Kinds.RECTIFIER_GRADIENT, SimpleKernel.elements(SOURCE, "rectifier_gradient"));
        kernels.put(Kinds.TO_FLOAT, SimpleKernel.elements(SOURCE, "to_float"));
        kernels.put(Kinds.WEIGH, SimpleKernel.elements(SOURCE, "weigh"));
        kernels.put(
                Kinds.SCALE,
                SimpleKernel.elements(
                        SOURCE,
                        "scale",
                        (instruction, memory) ->
                                List.of((float) instruction.attributes().real("factor"))));
        kernels.put(Kinds.DROPOUT, SimpleKernel.elements(SOURCE, "dropout", (instruction, memory) -> {
            double rate = instruction.attributes().real("rate");
            return List.of(instruction.attributes().integer("salt"), (float) rate, (float) (1 / (1 - rate)));
        }));
        kernels.put(Kinds.COMPARE, ElementKernels::compare);
    }

    private static Kernel.Work compare(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        Operand x = instruction.input(0);
        Operand result = instruction.output(0);
        long elements = result.elements();
        int relation = instruction.attributes().number(Relation.RELATION);
        KernelSource ofLeft = SOURCE.with("LEFT", View.elementName(x.buffer().type()));
        if (instruction.inputs().size() == 1) {
            DeviceFunction function = device.function(ofLeft.with("RIGHT", "float"), "compare_with_number");
            double number = instruction.attributes().real(Relation.NUMBER);
            return accumulates -> device.launch(
                    function,
                    Grid.elements(elements),
                    memory.address(x),
                    memory.address(result),
                    elements,
                    relation,
                    number);
        }
        Operand y = instruction.input(1);
        DeviceFunction function =
                device.function(ofLeft.with("RIGHT", View.elementName(y.buffer().type())), "compare");
        long[] shape = result.shape();
        Loop loop = Loop.over(
                shape,
                View.of(x, memory).stretchedTo(shape),
                View.of(y, memory).stretchedTo(shape),
                Arrays.copyOf(result.strides(), shape.length));
        long table = memory.constant(Loop.table(loop));
        return accumulates -> device.launch(
                function,
                Grid.elements(elements),
                memory.address(x),
                memory.address(y),
                memory.address(result),
                elements,
                relation,
                loop.rank(),
                table);
    }
}
