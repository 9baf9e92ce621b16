package org.spactor.cuda.kernel;

import java.util.Map;
import java.util.function.LongSupplier;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;

/**
 * Attention with its scores in memory: matrix products head by head, and passes over the rows of scores. The products take
 * operands of the query's type; probabilities and gradients of scores are rounded to it first where that is bfloat16.
 */
final class AttentionKernels {
    private static final KernelSource SOURCE = KernelSource.of("attention.cu");
    private static final long NOTHING = 0;

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.ATTENTION, AttentionKernels::attention);
        kernels.put(Kinds.ATTENTION_GRADIENT, AttentionKernels::gradient);
    }

    private static Kernel.Work attention(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        AttentionShape shape = AttentionShape.of(instruction);
        ElementType type = instruction.input("query").buffer().type();
        boolean narrow = type == ElementType.BFLOAT16;
        DeviceFunction softmax = device.function(SOURCE.with("ELEMENT", View.elementName(type)), "probabilities");
        ProgramMemory.Scratch scratch = memory.scratch(narrow ? shape.scores() * type.bytes() : 0);
        long probabilities = memory.address(instruction.output("probabilities"));
        long kept = instruction.writes("kept") ? memory.address(instruction.output("kept")) : NOTHING;
        long applied = kept == NOTHING ? probabilities : kept;
        Kernel.Work scoring = shape.multiply(
                shape.ofQueries(read(instruction, "query", memory), type),
                shape.ofKeys(read(instruction, "key", memory), type).turned(),
                shape.ofScores(() -> probabilities, ElementType.FLOAT32),
                device);
        Kernel.Work mixing = shape.multiply(
                shape.ofScores(() -> narrow ? scratch.address(0) : applied, type),
                shape.ofKeys(read(instruction, "value", memory), type),
                ofQueries(instruction.output("mixed"), shape, memory),
                device);
        return accumulates -> {
            scoring.enqueue(accumulates);
            device.launch(
                    softmax,
                    Grid.warps(shape.rows()),
                    probabilities,
                    optional(instruction, "bias", memory),
                    optional(instruction, "key-mask", memory),
                    optional(instruction, "prefix", memory),
                    optional(instruction, "random-key", memory),
                    probabilities,
                    kept,
                    narrow ? scratch.address(0) : NOTHING,
                    shape.rows(),
                    shape.heads(),
                    shape.queries(),
                    shape.keys(),
                    instruction.attributes().flag("causal") ? 1 : 0,
                    (float) instruction.attributes().real("dropout"),
                    instruction.attributes().integer("salt"));
            mixing.enqueue(accumulates);
        };
    }

    /** The scores' gradients take the place of those of the probabilities; the rounded copies share their memory. */
    private static Kernel.Work gradient(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        AttentionShape shape = AttentionShape.of(instruction);
        ElementType type = instruction.input("query").buffer().type();
        boolean narrow = type == ElementType.BFLOAT16;
        KernelSource source = SOURCE.with("ELEMENT", View.elementName(type));
        DeviceFunction round = device.function(source, "round_to_copy");
        DeviceFunction throughSoftmax = device.function(source, "gradient_of_scores");
        ProgramMemory.Scratch scratch = memory.scratch(
                shape.scores() * ElementType.FLOAT32.bytes(), narrow ? shape.scores() * type.bytes() : 0);
        LongSupplier ofScores = () -> scratch.address(0);
        LongSupplier copy = () -> scratch.address(1);
        long kept = memory.address(instruction.input("kept"));
        AttentionShape.Part gradient = shape.ofQueries(read(instruction, "gradient", memory), type);
        AttentionShape.Part key = shape.ofKeys(read(instruction, "key", memory), type);
        AttentionShape.Part ofScoresAsOperand = shape.ofScores(narrow ? copy : ofScores, type);
        Kernel.Work ofProbabilities = shape.multiply(
                gradient,
                shape.ofKeys(read(instruction, "value", memory), type).turned(),
                shape.ofScores(ofScores, ElementType.FLOAT32),
                device);
        Kernel.Work ofValue = shape.multiply(
                shape.ofScores(narrow ? copy : () -> kept, type).turned(),
                gradient,
                ofKeys(instruction.output("value-gradient"), shape, memory),
                device);
        Kernel.Work ofQuery = shape.multiply(
                ofScoresAsOperand, key, ofQueries(instruction.output("query-gradient"), shape, memory), device);
        Kernel.Work ofKey = shape.multiply(
                ofScoresAsOperand.turned(),
                shape.ofQueries(read(instruction, "query", memory), type),
                ofKeys(instruction.output("key-gradient"), shape, memory),
                device);
        Kernel.Work ofBias = biasGradient(instruction, shape, ofScores, memory);
        return accumulates -> {
            if (narrow) {
                device.launch(round, Grid.elements(shape.scores()), kept, copy.getAsLong(), shape.scores());
            }
            ofProbabilities.enqueue(accumulates);
            ofValue.enqueue(accumulates);
            device.launch(
                    throughSoftmax,
                    Grid.warps(shape.rows()),
                    memory.address(instruction.input("probabilities")),
                    ofScores.getAsLong(),
                    optional(instruction, "random-key", memory),
                    narrow ? copy.getAsLong() : NOTHING,
                    shape.rows(),
                    shape.keys(),
                    (float) instruction.attributes().real("dropout"),
                    instruction.attributes().integer("salt"));
            ofQuery.enqueue(accumulates);
            ofKey.enqueue(accumulates);
            ofBias.enqueue(accumulates);
        };
    }

    private static Kernel.Work biasGradient(
            Instruction instruction, AttentionShape shape, LongSupplier ofScores, ProgramMemory memory) {
        if (!instruction.writes("bias-gradient")) {
            return accumulates -> {};
        }
        Device device = memory.device();
        DeviceFunction sum = device.function(SOURCE, "bias_gradient");
        Operand result = instruction.output("bias-gradient");
        return accumulates -> device.launch(
                sum,
                Grid.elements(result.elements()),
                ofScores.getAsLong(),
                memory.address(result),
                result.elements(),
                shape.examples());
    }

    private static LongSupplier read(Instruction instruction, String input, ProgramMemory memory) {
        long address = memory.address(instruction.input(input));
        return () -> address;
    }

    private static AttentionShape.Part ofQueries(Operand operand, AttentionShape shape, ProgramMemory memory) {
        long address = memory.address(operand);
        return shape.ofQueries(() -> address, operand.buffer().type());
    }

    private static AttentionShape.Part ofKeys(Operand operand, AttentionShape shape, ProgramMemory memory) {
        long address = memory.address(operand);
        return shape.ofKeys(() -> address, operand.buffer().type());
    }

    private static long optional(Instruction instruction, String input, ProgramMemory memory) {
        return instruction.reads(input) ? memory.address(instruction.input(input)) : NOTHING;
    }
}
