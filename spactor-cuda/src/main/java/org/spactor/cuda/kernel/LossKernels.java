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
import org.spactor.engine.plan.Shape;

/** Losses and counts over a vocabulary and over yes-or-no answers, and sampling from a vocabulary. */
final class LossKernels {
    private static final KernelSource SOURCE = KernelSource.of("loss.cu");
    private static final int THREADS_OF_ROW = 256;
    private static final int THREADS_OF_ALL = 1024;

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.CROSS_ENTROPY, (instruction, memory) -> crossEntropy(instruction, memory, true));
        kernels.put(Kinds.TOKEN_CROSS_ENTROPY, (instruction, memory) -> crossEntropy(instruction, memory, false));
        kernels.put(Kinds.CROSS_ENTROPY_GRADIENT, crossEntropyGradient(0));
        kernels.put(Kinds.TOKEN_CROSS_ENTROPY_GRADIENT, crossEntropyGradient(1));
        kernels.put(
                Kinds.LOG_SUM_EXP, byRow("log_sum_exp", (instruction, memory) -> List.of(width(instruction.input(0)))));
        kernels.put(
                Kinds.LOG_SUM_EXP_GRADIENT,
                byRow("log_sum_exp_gradient", (instruction, memory) -> List.of(width(instruction.input(0)))));
        kernels.put(Kinds.CORRECT_PREDICTIONS, LossKernels::correctPredictions);
        kernels.put(
                Kinds.COUNT_TOKENS,
                byOneBlock(
                        "count_tokens",
                        (instruction, memory) -> List.of(
                                instruction.input(0).elements(),
                                instruction.attributes().number("ignored"))));
        kernels.put(Kinds.COUNT_ANSWERS, byOneBlock("count_answers", LossKernels::places));
        kernels.put(Kinds.DETECTIONS, byOneBlock("detections", LossKernels::places));
        kernels.put(Kinds.SIGMOID_CROSS_ENTROPY, byOneBlock("sigmoid_cross_entropy", LossKernels::places));
        kernels.put(
                Kinds.SIGMOID_CROSS_ENTROPY_GRADIENT, SimpleKernel.elements(SOURCE, "sigmoid_cross_entropy_gradient"));
        kernels.put(Kinds.SAMPLE_CATEGORICAL, LossKernels::sample);
    }

    private static List<Object> places(Instruction instruction, ProgramMemory memory) {
        return List.of(instruction.input(0).elements());
    }

    private static long width(Operand logits) {
        return Shape.columns(logits.shape());
    }

    private static Grid rows(Operand logits) {
        return Grid.blocks(Shape.rows(logits.shape()), THREADS_OF_ROW);
    }

    private static Kernel byRow(String function, SimpleKernel.Settings settings) {
        return new SimpleKernel(SOURCE, function, instruction -> rows(instruction.input(0)), settings);
    }

    private static Kernel byOneBlock(String function, SimpleKernel.Settings settings) {
        return new SimpleKernel(SOURCE, function, instruction -> Grid.blocks(1, THREADS_OF_ALL), settings);
    }

    private static Kernel crossEntropyGradient(int byRow) {
        return byRow(
                "cross_entropy_gradient",
                (instruction, memory) -> List.of(
                        width(instruction.input(0)), instruction.attributes().number("ignored"), byRow));
    }

    private static Kernel.Work crossEntropy(Instruction instruction, ProgramMemory memory, boolean sums) {
        Device device = memory.device();
        DeviceFunction function = device.function(SOURCE, "cross_entropy");
        DeviceFunction total = device.function(SOURCE, "total");
        Operand logits = instruction.input("logits");
        long rows = Shape.rows(logits.shape());
        ProgramMemory.Scratch scratch = memory.scratch(sums ? rows * Float.BYTES : 0);
        long result = memory.address(instruction.output(0));
        return accumulates -> {
            device.launch(
                    function,
                    rows(logits),
                    memory.address(logits),
                    memory.address(instruction.input("labels")),
                    sums ? scratch.address(0) : result,
                    memory.address(instruction.output("softmax")),
                    width(logits),
                    instruction.attributes().number("ignored"));
            if (sums) {
                device.launch(total, Grid.blocks(1, THREADS_OF_ALL), scratch.address(0), result, rows);
            }
        };
    }

    private static Kernel.Work correctPredictions(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction function = device.function(SOURCE, "correct");
        DeviceFunction total = device.function(SOURCE, "total");
        Operand logits = instruction.input("logits");
        long rows = Shape.rows(logits.shape());
        ProgramMemory.Scratch scratch = memory.scratch(rows * Float.BYTES);
        return accumulates -> {
            device.launch(
                    function,
                    rows(logits),
                    memory.address(logits),
                    memory.address(instruction.input("labels")),
                    scratch.address(0),
                    width(logits),
                    instruction.attributes().number("ignored"));
            device.launch(
                    total,
                    Grid.blocks(1, THREADS_OF_ALL),
                    scratch.address(0),
                    memory.address(instruction.output(0)),
                    rows);
        };
    }

    private static Kernel.Work sample(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction function = device.function(SOURCE, "sample_categorical");
        Operand logits = instruction.input("logits");
        return accumulates -> device.launch(
                function,
                rows(logits),
                memory.address(logits),
                memory.address(instruction.input("random-key")),
                memory.address(instruction.output("ids")),
                width(logits),
                instruction.attributes().integer("salt"),
                (float) (1 / instruction.attributes().real("temperature")));
    }
}
