package org.spactor.cuda.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;

/**
 * Attention on tensor cores without its scores in memory, and its gradient in kernels that compute the scores again: one
 * for the queries, one for keys and values, one for the bias. Each of them alone says what is in its output, so that
 * sums have one order.
 */
final class FusedAttentionKernels {
    private static final KernelSource SOURCE = KernelSource.of("fused_attention.cu");
    /** Rows of a tile, and threads of a block, in fused_attention.cu. */
    private static final long TILE = 64;

    private static final int BLOCK = 128;
    private static final long BYTES_OF_SIGHT = 16;
    private static final long NOTHING = 0;

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.FUSED_ATTENTION, FusedAttentionKernels::attention);
        kernels.put(Kinds.FUSED_ATTENTION_GRADIENT, FusedAttentionKernels::gradient);
    }

    private static Kernel.Work attention(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        AttentionShape shape = AttentionShape.of(instruction);
        KernelSource source = source(instruction, shape)
                .with(
                        "MIXED",
                        View.elementName(instruction.output("mixed").buffer().type()))
                .with("OF_QUERY", "float")
                .with("OF_KEY", "float")
                .with("OF_VALUE", "float");
        DeviceFunction function = device.function(source, "attention");
        ProgramMemory.Scratch sights = memory.scratch(shape.examples() * BYTES_OF_SIGHT);
        Kernel.Work sighting = sights(instruction, shape, source, sights, memory);
        return accumulates -> {
            sighting.enqueue(accumulates);
            List<Object> arguments = read(instruction, memory, "query", "key", "value");
            addMasks(arguments, instruction, memory);
            arguments.add(sights.address(0));
            arguments.add(memory.address(instruction.output("mixed")));
            arguments.add(memory.address(instruction.output("log-sum-exp")));
            addSettings(arguments, instruction, shape);
            device.launch(function, tiles(shape.queries(), shape), arguments.toArray());
        };
    }

    private static Kernel.Work gradient(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        AttentionShape shape = AttentionShape.of(instruction);
        KernelSource source = source(instruction, shape)
                .with(
                        "MIXED",
                        View.elementName(instruction.input("mixed").buffer().type()))
                .with(
                        "OF_QUERY",
                        View.elementName(
                                instruction.output("query-gradient").buffer().type()))
                .with(
                        "OF_KEY",
                        View.elementName(
                                instruction.output("key-gradient").buffer().type()))
                .with(
                        "OF_VALUE",
                        View.elementName(
                                instruction.output("value-gradient").buffer().type()));
        DeviceFunction productsOfRows = device.function(source, "products_of_rows");
        DeviceFunction ofQuery = device.function(source, "query_gradient");
        DeviceFunction ofKeyAndValue = device.function(source, "key_and_value_gradient");
        ProgramMemory.Scratch scratch =
                memory.scratch(shape.examples() * BYTES_OF_SIGHT, shape.rows() * ElementType.FLOAT32.bytes());
        Kernel.Work sighting = sights(instruction, shape, source, scratch, memory);
        Kernel.Work ofBias = biasGradient(instruction, shape, source, scratch, memory);
        return accumulates -> {
            sighting.enqueue(accumulates);
            device.launch(
                    productsOfRows,
                    Grid.warps(shape.rows()),
                    memory.address(instruction.input("gradient")),
                    memory.address(instruction.input("mixed")),
                    scratch.address(1),
                    shape.rows(),
                    Math.toIntExact(shape.queries()),
                    Math.toIntExact(shape.heads()));
            List<Object> forQuery = readForGradient(instruction, scratch, memory);
            forQuery.add(memory.address(instruction.output("query-gradient")));
            addSettings(forQuery, instruction, shape);
            device.launch(ofQuery, tiles(shape.queries(), shape), forQuery.toArray());
            List<Object> forKeyAndValue = readForGradient(instruction, scratch, memory);
            forKeyAndValue.add(memory.address(instruction.output("key-gradient")));
            forKeyAndValue.add(memory.address(instruction.output("value-gradient")));
            addSettings(forKeyAndValue, instruction, shape);
            device.launch(ofKeyAndValue, tiles(shape.keys(), shape), forKeyAndValue.toArray());
            ofBias.enqueue(accumulates);
        };
    }

    private static Kernel.Work biasGradient(
            Instruction instruction,
            AttentionShape shape,
            KernelSource source,
            ProgramMemory.Scratch scratch,
            ProgramMemory memory) {
        if (!instruction.writes("bias-gradient")) {
            return accumulates -> {};
        }
        Device device = memory.device();
        DeviceFunction function = device.function(source, "bias_gradient");
        Grid grid = new Grid(tiles(shape.keys()), tiles(shape.queries()), shape.heads(), BLOCK, 0);
        return accumulates -> {
            List<Object> arguments = readForGradient(instruction, scratch, memory);
            arguments.add(memory.address(instruction.output("bias-gradient")));
            arguments.add(Math.toIntExact(shape.examples()));
            addSettings(arguments, instruction, shape);
            device.launch(function, grid, arguments.toArray());
        };
    }

    /** Which keys the queries of each example see, into the first piece of the scratch. */
    private static Kernel.Work sights(
            Instruction instruction,
            AttentionShape shape,
            KernelSource source,
            ProgramMemory.Scratch scratch,
            ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction function = device.function(source, "sights");
        return accumulates -> device.launch(
                function,
                Grid.blocks(shape.examples(), BLOCK),
                optional(instruction, "key-mask", memory),
                optional(instruction, "prefix", memory),
                scratch.address(0),
                Math.toIntExact(shape.keys()),
                causal(instruction));
    }

    private static KernelSource source(Instruction instruction, AttentionShape shape) {
        return SOURCE.with("WIDTH", shape.depth())
                .with("BIASED", instruction.attributes().flag("bias") ? 1 : 0)
                .with("DROPS", instruction.attributes().real("dropout") > 0 ? 1 : 0);
    }

    private static List<Object> readForGradient(
            Instruction instruction, ProgramMemory.Scratch scratch, ProgramMemory memory) {
        List<Object> arguments = read(instruction, memory, "gradient", "query", "key", "value");
        addMasks(arguments, instruction, memory);
        arguments.add(scratch.address(0));
        arguments.add(memory.address(instruction.input("log-sum-exp")));
        arguments.add(scratch.address(1));
        return arguments;
    }

    private static List<Object> read(Instruction instruction, ProgramMemory memory, String... inputs) {
        List<Object> addresses = new ArrayList<>();
        for (String input : inputs) {
            addresses.add(memory.address(instruction.input(input)));
        }
        return addresses;
    }

    private static void addMasks(List<Object> arguments, Instruction instruction, ProgramMemory memory) {
        for (String input : List.of("bias", "key-mask", "prefix", "random-key")) {
            arguments.add(optional(instruction, input, memory));
        }
    }

    private static void addSettings(List<Object> arguments, Instruction instruction, AttentionShape shape) {
        arguments.add(Math.toIntExact(shape.queries()));
        arguments.add(Math.toIntExact(shape.keys()));
        arguments.add(causal(instruction));
        arguments.add((float) instruction.attributes().real("dropout"));
        arguments.add(instruction.attributes().integer("salt"));
    }

    private static int causal(Instruction instruction) {
        return instruction.attributes().flag("causal") ? 1 : 0;
    }

    /** A block for each tile of rows of each head of each example. */
    private static Grid tiles(long rows, AttentionShape shape) {
        return new Grid(tiles(rows), shape.heads(), shape.examples(), BLOCK, 0);
    }

    private static long tiles(long rows) {
        return (rows + TILE - 1) / TILE;
    }

    private static long optional(Instruction instruction, String input, ProgramMemory memory) {
        return instruction.reads(input) ? memory.address(instruction.input(input)) : NOTHING;
    }
}
