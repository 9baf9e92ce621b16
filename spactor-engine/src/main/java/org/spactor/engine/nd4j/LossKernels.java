package org.spactor.engine.nd4j;

import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;

/** Cross-entropy and log Σ exp, forward and backward, without a one-hot matrix. */
final class LossKernels {
    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.CROSS_ENTROPY, this::crossEntropy);
        kernels.put(Kinds.CROSS_ENTROPY_GRADIENT, this::crossEntropyGradient);
        kernels.put(Kinds.TOKEN_CROSS_ENTROPY, this::tokenCrossEntropy);
        kernels.put(Kinds.TOKEN_CROSS_ENTROPY_GRADIENT, this::tokenCrossEntropyGradient);
        kernels.put(Kinds.LOG_SUM_EXP, this::logSumExp);
        kernels.put(Kinds.LOG_SUM_EXP_GRADIENT, this::logSumExpGradient);
    }

    private Step crossEntropy(Instruction instruction, Nd4jMemory memory) {
        INDArray sum = memory.array(instruction.output("sum"));
        return crossEntropies(instruction, memory, losses -> NativeOperation.reduceAll("reduce_sum", losses, sum));
    }

    private Step tokenCrossEntropy(Instruction instruction, Nd4jMemory memory) {
        INDArray result = memory.vector(instruction.output("losses"));
        return crossEntropies(
                instruction, memory, losses -> NativeOperation.copy(losses.reshape(result.length()), result));
    }

    /** w (log Σ exp(z − max) + max − z[label]) for each row; the softmax may overwrite the logits z. */
    private static Step crossEntropies(Instruction instruction, Nd4jMemory memory, Function<INDArray, Step> end) {
        INDArray logits = memory.matrix(instruction.input("logits"));
        INDArray labels = memory.vector(instruction.input("labels"));
        INDArray softmax = memory.matrix(instruction.output("softmax"));
        long rows = logits.rows();
        INDArray[] scratch =
                memory.scratch(new long[] {rows, 1}, new long[] {rows, 1}, new long[] {rows, 1}, new long[] {rows, 1});
        INDArray maximum = scratch[0];
        INDArray picked = scratch[1];
        INDArray total = scratch[2];
        INDArray weights = scratch[3];
        INDArray places = Nd4j.create(DataType.LONG, rows);
        return Step.sequence(
                placesOfLabels(labels, logits.columns(), places),
                TokenKernels.gatherRows(logits.reshape(logits.length()), places, picked.reshape(rows)),
                NativeOperation.reduce("reduce_max", logits, 1, maximum),
                NativeOperation.binary("subtract", logits, maximum, softmax),
                NativeOperation.unary("exp", softmax, softmax),
                NativeOperation.reduce("reduce_sum", softmax, 1, total),
                NativeOperation.binary("divide", softmax, total, softmax),
                NativeOperation.unary("log", total, total),
                NativeOperation.binary("add", total, maximum, total),
                NativeOperation.binary("subtract", total, picked, total),
                TokenKernels.whereNot(labels, ignored(instruction), weights.reshape(rows)),
                NativeOperation.binary("multiply", total, weights, total),
                end.apply(total));
    }

    private Step crossEntropyGradient(Instruction instruction, Nd4jMemory memory) {
        return crossEntropyGradient(instruction, memory.array(instruction.input("gradient")), memory);
    }

    private Step tokenCrossEntropyGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray gradient = memory.vector(instruction.input("gradient"));
        return crossEntropyGradient(instruction, gradient.reshape(gradient.length(), 1), memory);
    }

    /** w · gradient · (softmax − [label]); may overwrite the softmax. */
    private static Step crossEntropyGradient(Instruction instruction, INDArray gradient, Nd4jMemory memory) {
        INDArray softmax = memory.matrix(instruction.input("softmax"));
        INDArray labels = memory.vector(instruction.input("labels"));
        INDArray result = memory.matrix(instruction.output("logits-gradient"));
        long rows = softmax.rows();
        INDArray weights = memory.scratch(new long[] {rows, 1})[0];
        INDArray flatWeights = weights.reshape(rows);
        INDArray flat = result.reshape(result.length());
        INDArray places = Nd4j.create(DataType.LONG, rows);
        return Step.sequence(
                placesOfLabels(labels, softmax.columns(), places),
                TokenKernels.whereNot(labels, ignored(instruction), flatWeights),
                NativeOperation.binary("multiply", weights, gradient, weights),
                NativeOperation.binary("multiply", softmax, weights, result),
                NativeOperation.named("scatter_sub")
                        .inPlace()
                        .prepare(new INDArray[] {flat, places, flatWeights}, flat));
    }

    /** log Σ exp(x − max) + max. */
    private Step logSumExp(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.matrix(instruction.input("x"));
        long rows = x.rows();
        INDArray result = memory.vector(instruction.output("logarithm")).reshape(rows, 1);
        INDArray[] scratch = memory.scratch(x.shape(), new long[] {rows, 1});
        INDArray exponentials = scratch[0];
        INDArray maximum = scratch[1];
        return Step.sequence(
                NativeOperation.reduce("reduce_max", x, 1, maximum),
                NativeOperation.binary("subtract", x, maximum, exponentials),
                NativeOperation.unary("exp", exponentials, exponentials),
                NativeOperation.reduce("reduce_sum", exponentials, 1, result),
                NativeOperation.unary("log", result, result),
                NativeOperation.binary("add", result, maximum, result));
    }

    /** gradient · exp(x − log Σ exp(x)); may overwrite x. */
    private Step logSumExpGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.matrix(instruction.input("x"));
        INDArray logarithm = memory.vector(instruction.input("logarithm")).reshape(x.rows(), 1);
        INDArray gradient = memory.vector(instruction.input("gradient")).reshape(x.rows(), 1);
        INDArray result = memory.matrix(instruction.output("x-gradient"));
        return Step.sequence(
                NativeOperation.binary("subtract", x, logarithm, result),
                NativeOperation.unary("exp", result, result),
                NativeOperation.binary("multiply", result, gradient, result));
    }

    private static long ignored(Instruction instruction) {
        return instruction.attributes().integer("ignored");
    }

    /** row · columns + label: where a row's label stands in the flattened matrix. Ignored labels may be negative. */
    private static Step placesOfLabels(INDArray labels, long columns, INDArray places) {
        long[] starts = new long[Math.toIntExact(labels.length())];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = i * columns;
        }
        return Step.sequence(
                TokenKernels.cast(labels, places),
                NativeOperation.binary("maximum", places, Nd4j.scalar(DataType.LONG, 0), places),
                NativeOperation.binary("add", places, Nd4j.createFromArray(starts), places));
    }
}
