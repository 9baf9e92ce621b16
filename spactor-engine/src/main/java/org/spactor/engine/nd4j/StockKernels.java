package org.spactor.engine.nd4j;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.StockAttributes;

/** SameDiff's own operations, as they are: says in ND4J's lists of arguments what an instruction says by name. */
final class StockKernels {
    private static final List<String> WITHOUT_SETTINGS = List.of(
            Kinds.STOCK_ABS,
            Kinds.STOCK_ADD,
            Kinds.STOCK_ADD_GRADIENT,
            Kinds.STOCK_COS,
            Kinds.STOCK_DIVIDE,
            Kinds.STOCK_DIVIDE_GRADIENT,
            Kinds.STOCK_EXP,
            Kinds.STOCK_GELU,
            Kinds.STOCK_GELU_DERIVATIVE,
            Kinds.STOCK_LOG,
            Kinds.STOCK_MULTIPLY,
            Kinds.STOCK_MULTIPLY_GRADIENT,
            Kinds.STOCK_NEG,
            Kinds.STOCK_SIGMOID,
            Kinds.STOCK_SIGMOID_GRADIENT,
            Kinds.STOCK_SIGN,
            Kinds.STOCK_SIN,
            Kinds.STOCK_SUBTRACT,
            Kinds.STOCK_SUBTRACT_GRADIENT,
            Kinds.STOCK_TANH,
            Kinds.STOCK_TANH_GRADIENT,
            Kinds.STOCK_ZEROS_LIKE);

    private static final List<String> WITH_AXIS = List.of(
            Kinds.STOCK_CONCAT,
            Kinds.STOCK_CONCAT_GRADIENT,
            Kinds.STOCK_SOFTMAX,
            Kinds.STOCK_SOFTMAX_GRADIENT,
            Kinds.STOCK_STACK,
            Kinds.STOCK_UNSTACK);

    private static final List<String> REDUCTIONS = List.of(
            Kinds.STOCK_REDUCE_MAX,
            Kinds.STOCK_REDUCE_MAX_GRADIENT,
            Kinds.STOCK_REDUCE_MEAN,
            Kinds.STOCK_REDUCE_MEAN_GRADIENT,
            Kinds.STOCK_REDUCE_SUM,
            Kinds.STOCK_REDUCE_SUM_GRADIENT);

    private static final List<String> TILES = List.of(Kinds.STOCK_TILE, Kinds.STOCK_TILE_GRADIENT);

    /** ND4J's bit masks of a slice: from the first, ellipsis, to the last, new axis, axis that goes away. */
    private static final int MASKS = 5;

    void addTo(Map<String, Kernel> kernels) {
        WITHOUT_SETTINGS.forEach(kind -> kernels.put(kind, StockKernels::plain));
        WITH_AXIS.forEach(kind -> kernels.put(kind, StockKernels::alongAxis));
        REDUCTIONS.forEach(kind -> kernels.put(kind, StockKernels::reduce));
        TILES.forEach(kind -> kernels.put(kind, StockKernels::tile));
        kernels.put(Kinds.STOCK_SPLIT, StockKernels::split);
        kernels.put(Kinds.STOCK_MATMUL, StockKernels::multiply);
        kernels.put(Kinds.STOCK_MATMUL_GRADIENT, StockKernels::multiply);
        kernels.put(Kinds.STOCK_STRIDED_SLICE, StockKernels::slice);
        kernels.put(Kinds.STOCK_STRIDED_SLICE_GRADIENT, StockKernels::sliceGradient);
    }

    /** An operation that has no settings. */
    static Step plain(Instruction instruction, Nd4jMemory memory) {
        return prepare(operation(instruction), instruction, memory);
    }

    private static Step alongAxis(Instruction instruction, Nd4jMemory memory) {
        long axis = instruction.attributes().integer(StockAttributes.AXIS);
        return prepare(operation(instruction).integers(axis), instruction, memory);
    }

    private static Step split(Instruction instruction, Nd4jMemory memory) {
        int parts = instruction.outputs().size();
        long axis = instruction.attributes().integer(StockAttributes.AXIS);
        return prepare(operation(instruction).integers(parts, axis), instruction, memory);
    }

    private static Step reduce(Instruction instruction, Nd4jMemory memory) {
        Attributes attributes = instruction.attributes();
        NativeOperation operation = operation(instruction)
                .integers(attributes.integers(StockAttributes.AXES))
                .flags(attributes.flag(StockAttributes.KEEP_DIMENSIONS));
        return prepare(operation, instruction, memory);
    }

    private static Step tile(Instruction instruction, Nd4jMemory memory) {
        long[] repetitions = instruction.attributes().integers(StockAttributes.REPETITIONS);
        return prepare(operation(instruction).integers(repetitions), instruction, memory);
    }

    private static Step multiply(Instruction instruction, Nd4jMemory memory) {
        Attributes attributes = instruction.attributes();
        NativeOperation operation = operation(instruction)
                .integers(
                        attributes.flag(StockAttributes.TRANSPOSE_LEFT) ? 1 : 0,
                        attributes.flag(StockAttributes.TRANSPOSE_RIGHT) ? 1 : 0,
                        attributes.flag(StockAttributes.TRANSPOSE_PRODUCT) ? 1 : 0);
        return prepare(operation, instruction, memory);
    }

    private static Step slice(Instruction instruction, Nd4jMemory memory) {
        INDArray taken = memory.array(withEverySide(instruction.output(0), instruction.attributes()));
        return sliceOperation(instruction)
                .prepare(new INDArray[] {memory.array(instruction.input(0))}, new INDArray[] {taken});
    }

    private static Step sliceGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray taken = memory.array(withEverySide(instruction.input(1), instruction.attributes()));
        return sliceOperation(instruction)
                .prepare(
                        new INDArray[] {memory.array(instruction.input(0)), taken},
                        memory.array(instruction.output(0)));
    }

    private static NativeOperation sliceOperation(Instruction instruction) {
        Attributes attributes = instruction.attributes();
        long[] begin = attributes.integers(StockAttributes.BEGIN);
        long[] end = attributes.integers(StockAttributes.END);
        long[] strides = attributes.integers(StockAttributes.STRIDES);
        int rank = begin.length;
        long[] integers = new long[MASKS + 3 * rank];
        System.arraycopy(begin, 0, integers, MASKS, rank);
        System.arraycopy(end, 0, integers, MASKS + rank, rank);
        System.arraycopy(strides, 0, integers, MASKS + 2 * rank, rank);
        return operation(instruction).integers(integers);
    }

    /**
     * What a slice takes, with all its sides, so that no mask has to say which of those of length 1 are missing. Which one
     * of several is missing makes no difference.
     */
    private static Operand withEverySide(Operand taken, Attributes attributes) {
        long[] begin = attributes.integers(StockAttributes.BEGIN);
        long[] end = attributes.integers(StockAttributes.END);
        long[] steps = attributes.integers(StockAttributes.STRIDES);
        long[] shape = new long[begin.length];
        long[] strides = new long[begin.length];
        int next = 0;
        for (int side = 0; side < shape.length; side++) {
            shape[side] = (end[side] - begin[side] + steps[side] - 1) / steps[side];
            boolean there = next < taken.shape().length && taken.shape()[next] == shape[side];
            strides[side] = there ? taken.strides()[next++] : 1;
        }
        return new Operand(taken.buffer(), shape, strides);
    }

    private static NativeOperation operation(Instruction instruction) {
        return NativeOperation.named(Kinds.stockName(instruction.kind()));
    }

    private static Step prepare(NativeOperation operation, Instruction instruction, Nd4jMemory memory) {
        INDArray[] inputs = instruction.inputs().stream().map(memory::array).toArray(INDArray[]::new);
        INDArray[] outputs = instruction.outputs().stream().map(memory::array).toArray(INDArray[]::new);
        return operation.prepare(inputs, outputs);
    }
}
