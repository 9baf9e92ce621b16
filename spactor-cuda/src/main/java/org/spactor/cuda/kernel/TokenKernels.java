package org.spactor.cuda.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/** Embeddings, and what is done at places in sequences of tokens. */
final class TokenKernels {
    private static final KernelSource SOURCE = KernelSource.of("tokens.cu");
    /** Rows of a table whose gradients a block adds up, unless they are wide. */
    private static final long ROWS_A_BLOCK = 16;

    private static final long SUMS_A_BLOCK = 12 << 10;
    private static final long MOST_BLOCKS = 1 << 20;

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(
                Kinds.EMBEDDING,
                new SimpleKernel(
                        SOURCE,
                        "embedding",
                        instruction -> Grid.warps(instruction.input("ids").elements()),
                        (instruction, memory) -> List.of(
                                instruction.input("ids").elements(),
                                Shape.columns(instruction.output(0).shape()))));
        kernels.put(Kinds.EMBEDDING_GRADIENT, TokenKernels::embeddingGradient);
        kernels.put(
                Kinds.SHIFT_RIGHT,
                SimpleKernel.elements(
                        SOURCE,
                        "shift_right",
                        (instruction, memory) -> List.of(
                                Shape.columns(instruction.output(0).shape()),
                                instruction.attributes().number("start"))));
        kernels.put(
                Kinds.TOKENS_AT,
                SimpleKernel.elements(
                        SOURCE,
                        "tokens_at",
                        (instruction, memory) -> List.of(
                                Shape.columns(instruction.input("positions").shape()),
                                Shape.columns(instruction.input("tokens").shape()))));
        kernels.put(
                Kinds.REPLACE_TOKENS,
                SimpleKernel.elements(
                        SOURCE,
                        "replace_tokens",
                        (instruction, memory) -> List.of(
                                Shape.columns(instruction.input("positions").shape()),
                                Shape.columns(instruction.input("tokens").shape()))));
        kernels.put(
                Kinds.REPLACEMENT_LABELS, SimpleKernel.elements(SOURCE, "replacement_labels", TokenKernels::excluded));
        kernels.put(
                Kinds.STATES_AT,
                new SimpleKernel(
                        SOURCE,
                        "states_at",
                        instruction -> Grid.warps(instruction.input("positions").elements()),
                        (instruction, memory) -> List.of(
                                instruction.input("positions").elements(),
                                Shape.columns(instruction.input("positions").shape()),
                                instruction.input("x").shape()[1],
                                Shape.columns(instruction.input("x").shape()))));
        kernels.put(Kinds.STATES_AT_GRADIENT, TokenKernels::statesAtGradient);
    }

    private static List<Object> excluded(Instruction instruction, ProgramMemory memory) {
        long[] excluded = instruction.attributes().integers("excluded");
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(excluded.length * Long.BYTES).order(ByteOrder.nativeOrder());
        bytes.asLongBuffer().put(excluded);
        return List.of(memory.constant(bytes), excluded.length);
    }

    private static Kernel.Work embeddingGradient(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction function = device.function(SOURCE, "embedding_gradient");
        Operand table = instruction.output(0);
        long rows = table.shape()[0];
        long width = table.shape()[1];
        long rowsOfBlock = Math.max(1, Math.min(ROWS_A_BLOCK, SUMS_A_BLOCK / width));
        Grid grid = Grid.blocks((rows + rowsOfBlock - 1) / rowsOfBlock, Grid.THREADS)
                .sharing(Math.toIntExact(rowsOfBlock * width * Float.BYTES));
        long ids = memory.address(instruction.input("ids"));
        long gradient = memory.address(instruction.input("gradient"));
        long result = memory.address(table);
        long addend = instruction.adds() ? memory.address(instruction.input(OperandNames.ADDEND)) : result;
        long places = instruction.input("ids").elements();
        return accumulates -> device.launch(
                function,
                grid,
                ids,
                gradient,
                addend,
                result,
                places,
                width,
                rows,
                (int) rowsOfBlock,
                instruction.adds() || (accumulates && instruction.accumulates()) ? 1 : 0);
    }

    private static Kernel.Work statesAtGradient(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction function = device.function(SOURCE, "states_at_gradient");
        Operand positions = instruction.input("positions");
        long[] shape = instruction.output(0).shape();
        long rows = Shape.rows(shape);
        return accumulates -> device.launch(
                function,
                Grid.blocks(Math.min(rows, MOST_BLOCKS), Grid.THREADS),
                memory.address(positions),
                memory.address(instruction.input("gradient")),
                memory.address(instruction.output(0)),
                rows,
                Shape.columns(positions.shape()),
                shape[1],
                Shape.columns(shape));
    }
}
