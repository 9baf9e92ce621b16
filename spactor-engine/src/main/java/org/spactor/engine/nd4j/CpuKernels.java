package org.spactor.engine.nd4j;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.HostKernels;
import org.spactor.engine.nd4j.host.Slice;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;

/** Kernels for a CPU where one pass in Java is faster than several operations of ND4J. */
final class CpuKernels {
    /** A Java buffer has at most 2³¹ − 1 bytes; larger operands are left to the portable kernels. */
    private static final long LARGEST = Integer.MAX_VALUE / Float.BYTES;

    private static final int CACHE_LINE = 16;

    /** Replaces portable kernels by faster ones. */
    void addTo(Map<String, Kernel> kernels) {
        replace(kernels, Kinds.GATED_GELU, this::gatedGelu);
        replace(kernels, Kinds.GATED_GELU_GRADIENT, this::gatedGeluGradient);
        replace(kernels, Kinds.RMS_NORM, this::rmsNorm);
        replace(kernels, Kinds.RMS_NORM_GRADIENT, this::rmsNormGradient);
        replace(kernels, Kinds.CROSS_ENTROPY, this::crossEntropy);
        replace(kernels, Kinds.TOKEN_CROSS_ENTROPY, this::tokenCrossEntropy);
        replace(kernels, Kinds.TOKEN_CROSS_ENTROPY_GRADIENT, this::tokenCrossEntropyGradient);
        replace(kernels, Kinds.LOG_SUM_EXP, this::logSumExp);
        replace(kernels, Kinds.LOG_SUM_EXP_GRADIENT, this::logSumExpGradient);
        replace(kernels, Kinds.STATES_AT_GRADIENT, this::statesAtGradient);
        replace(kernels, Kinds.REPLACE_TOKENS, this::replaceTokens);
        replace(kernels, Kinds.RELATIVE_POSITION_BIAS_GRADIENT, this::positionBiasGradient);
        replace(kernels, Kinds.SAMPLE_CATEGORICAL, this::sample);
        replace(kernels, Kinds.CROSS_ENTROPY_GRADIENT, this::crossEntropyGradient);
        replace(kernels, Kinds.EMBEDDING_GRADIENT, this::embeddingGradient);
        replace(kernels, Kinds.RELATIVE_POSITION_BIAS, this::positionBias);
        kernels.put(Kinds.STOCK_ADD, this::add);
        kernels.put(Kinds.ACCUMULATE, this::accumulate);
    }

    private static void replace(Map<String, Kernel> kernels, String kind, Kernel fast) {
        Kernel portable = kernels.get(kind);
        kernels.put(
                kind,
                (instruction, memory) ->
                        fits(instruction) ? fast.prepare(instruction, memory) : portable.prepare(instruction, memory));
    }

    private static boolean fits(Instruction instruction) {
        return instruction.inputs().stream().mapToLong(Operand::elements).allMatch(elements -> elements <= LARGEST)
                && instruction.outputs().stream()
                        .mapToLong(Operand::elements)
                        .allMatch(elements -> elements <= LARGEST);
    }

    private Step gatedGelu(Instruction instruction, Nd4jMemory memory) {
        INDArray gate = memory.array(instruction.input("gate"));
        INDArray value = memory.array(instruction.input("value"));
        INDArray y = memory.array(instruction.output("y"));
        return byElements(y, memory, elements -> HostKernels.gatedGelu(gate, value, y, elements));
    }

    private Step gatedGeluGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray gate = memory.array(instruction.input("gate"));
        INDArray value = memory.array(instruction.input("value"));
        INDArray gradient = memory.array(instruction.input("gradient"));
        INDArray gateGradient = memory.array(instruction.output("gate-gradient"));
        INDArray valueGradient = memory.array(instruction.output("value-gradient"));
        return byElements(
                gate,
                memory,
                elements ->
                        HostKernels.gatedGeluGradient(gate, value, gradient, gateGradient, valueGradient, elements));
    }

    private Step rmsNorm(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.matrix(instruction.input("x"));
        INDArray weight = memory.array(instruction.input("weight"));
        INDArray y = memory.matrix(instruction.output("y"));
        INDArray inverse = memory.array(instruction.output("inverse"));
        double epsilon = instruction.attributes().real("epsilon");
        return split(x.rows(), 1, memory, rows -> HostKernels.rmsNorm(x, weight, y, inverse, epsilon, rows));
    }

    private Step rmsNormGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.matrix(instruction.input("x"));
        INDArray weight = memory.array(instruction.input("weight"));
        INDArray inverse = memory.array(instruction.input("inverse"));
        INDArray gradient = memory.matrix(instruction.input("gradient"));
        INDArray addend = Addend.of(instruction, memory);
        INDArray xGradient = memory.matrix(instruction.output("x-gradient"));
        INDArray weightGradient = memory.array(instruction.output("weight-gradient"));
        Shares shares = new Shares(x.rows(), x.columns(), memory);
        return Step.sequence(
                shares.step((rows, sum) ->
                        HostKernels.rmsNormGradient(x, weight, inverse, gradient, addend, xGradient, sum, rows)),
                shares.sum(weightGradient, accumulates(instruction, memory)));
    }

    private Step crossEntropy(Instruction instruction, Nd4jMemory memory) {
        INDArray logits = memory.matrix(instruction.input("logits"));
        INDArray labels = memory.array(instruction.input("labels"));
        INDArray softmax = memory.matrix(instruction.output("softmax"));
        INDArray total = memory.array(instruction.output("sum"));
        int ignored = instruction.attributes().number("ignored");
        Shares shares = new Shares(logits.rows(), 1, memory);
        return Step.sequence(
                shares.step((rows, sum) -> HostKernels.crossEntropy(logits, labels, softmax, sum, ignored, rows)),
                shares.sum(total, () -> false));
    }

    private Step tokenCrossEntropy(Instruction instruction, Nd4jMemory memory) {
        INDArray logits = memory.matrix(instruction.input("logits"));
        INDArray labels = memory.array(instruction.input("labels"));
        INDArray losses = memory.array(instruction.output("losses"));
        INDArray softmax = memory.matrix(instruction.output("softmax"));
        int ignored = instruction.attributes().number("ignored");
        return split(
                logits.rows(),
                1,
                memory,
                rows -> HostKernels.tokenCrossEntropy(logits, labels, softmax, losses, ignored, rows));
    }

    private Step tokenCrossEntropyGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray softmax = memory.matrix(instruction.input("softmax"));
        INDArray labels = memory.array(instruction.input("labels"));
        INDArray gradient = memory.array(instruction.input("gradient"));
        INDArray result = memory.matrix(instruction.output("logits-gradient"));
        int ignored = instruction.attributes().number("ignored");
        return split(
                softmax.rows(),
                1,
                memory,
                rows -> HostKernels.tokenCrossEntropyGradient(softmax, labels, gradient, result, ignored, rows));
    }

    private Step logSumExp(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.matrix(instruction.input("x"));
        INDArray result = memory.array(instruction.output("logarithm"));
        return split(x.rows(), 1, memory, rows -> HostKernels.logSumExp(x, result, rows));
    }

    private Step logSumExpGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.matrix(instruction.input("x"));
        INDArray logarithm = memory.array(instruction.input("logarithm"));
        INDArray gradient = memory.array(instruction.input("gradient"));
        INDArray result = memory.matrix(instruction.output("x-gradient"));
        return split(x.rows(), 1, memory, rows -> HostKernels.logSumExpGradient(x, logarithm, gradient, result, rows));
    }

    private Step statesAtGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray positions = memory.array(instruction.input("positions"));
        INDArray gradient = memory.array(instruction.input("gradient"));
        INDArray result = memory.array(instruction.output("x-gradient"));
        Step add = split(
                result.size(2),
                CACHE_LINE,
                memory,
                columns -> HostKernels.addRowsAt(result, positions, gradient, columns));
        return Step.sequence(NativeOperation.zero(result), add);
    }

    private Step replaceTokens(Instruction instruction, Nd4jMemory memory) {
        return HostKernels.replaceTokens(
                memory.array(instruction.input("tokens")),
                memory.array(instruction.input("positions")),
                memory.array(instruction.input("values")),
                memory.array(instruction.output("replaced")))::run;
    }

    private Step sample(Instruction instruction, Nd4jMemory memory) {
        INDArray logits = memory.matrix(instruction.input("logits"));
        INDArray key = memory.array(instruction.input("random-key"));
        INDArray ids = memory.array(instruction.output("ids"));
        double temperature = instruction.attributes().real("temperature");
        long salt = instruction.attributes().integer("salt");
        return split(logits.rows(), 1, memory, rows -> HostKernels.sample(logits, key, ids, temperature, salt, rows));
    }

    private Step positionBiasGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray gradient = memory.array(instruction.input("gradient"));
        INDArray table = memory.array(instruction.output("table-gradient"));
        int[] buckets =
                TokenKernels.buckets(instruction.attributes(), table.rows(), gradient.size(1), gradient.size(2));
        BooleanSupplier accumulates = accumulates(instruction, memory);
        return split(
                gradient.size(0),
                1,
                memory,
                heads -> HostKernels.positionBiasGradient(gradient, buckets, table, heads, accumulates));
    }

    private Step crossEntropyGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray softmax = memory.matrix(instruction.input("softmax"));
        INDArray labels = memory.array(instruction.input("labels"));
        INDArray gradient = memory.array(instruction.input("gradient"));
        INDArray result = memory.matrix(instruction.output("logits-gradient"));
        int ignored = instruction.attributes().number("ignored");
        return split(
                softmax.rows(),
                1,
                memory,
                rows -> HostKernels.crossEntropyGradient(softmax, labels, gradient, result, ignored, rows));
    }

    private Step embeddingGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray ids = memory.vector(instruction.input("ids"));
        INDArray gradient = memory.matrix(instruction.input("gradient"));
        INDArray table = memory.matrix(instruction.output("table-gradient"));
        Step add = split(
                table.columns(), CACHE_LINE, memory, columns -> HostKernels.addRows(table, ids, gradient, columns));
        return Step.sequence(TokenKernels.start(instruction, table, memory), add);
    }

    private Step positionBias(Instruction instruction, Nd4jMemory memory) {
        INDArray table = memory.array(instruction.input("table"));
        INDArray bias = memory.array(instruction.output("bias"));
        int[] buckets = TokenKernels.buckets(instruction.attributes(), table.rows(), bias.size(1), bias.size(2));
        return split(bias.size(0), 1, memory, heads -> HostKernels.positionBias(table, buckets, bias, heads));
    }

    private Step add(Instruction instruction, Nd4jMemory memory) {
        Operand result = instruction.output(0);
        boolean plain = fits(instruction)
                && result.buffer().type() == ElementType.FLOAT32
                && instruction.inputs().stream()
                        .allMatch(term -> term.buffer().type() == ElementType.FLOAT32
                                && term.isContiguous()
                                && Arrays.equals(term.shape(), result.shape()));
        if (!plain) {
            return StockKernels.plain(instruction, memory);
        }
        INDArray x = memory.array(instruction.input(0));
        INDArray y = memory.array(instruction.input(1));
        INDArray z = memory.array(result);
        return byElements(z, memory, elements -> HostKernels.add(x, y, z, elements));
    }

    private Step accumulate(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.array(instruction.input(0));
        INDArray total = memory.array(instruction.output(0));
        return byElements(total, memory, elements -> HostKernels.accumulate(x, total, elements, memory::accumulating));
    }

    /** Whether, in this run, a gradient is added to what is there. */
    private static BooleanSupplier accumulates(Instruction instruction, Nd4jMemory memory) {
        return instruction.accumulates() ? memory::accumulating : () -> false;
    }

    private static Step byElements(INDArray array, Nd4jMemory memory, Function<Slice, Runnable> part) {
        return split(array.length(), CACHE_LINE, memory, part);
    }

    /** A step in one part for each thread. */
    static Step split(long total, int unit, Nd4jMemory memory, Function<Slice, Runnable> part) {
        return Step.parts(Slice.of(total, memory.threads(), unit).stream()
                .map(slice -> {
                    Runnable work = part.apply(slice);
                    return (Step) work::run;
                })
                .toArray(Step[]::new));
    }

    /** Work that is cut by rows and has, besides what it does to each row, a sum over all rows. */
    private static final class Shares {
        private final List<Slice> rows;
        private final FloatBuffer[] sums;

        /** @param elements number of elements of the sum */
        Shares(long total, int elements, Nd4jMemory memory) {
            this.rows = Slice.of(total, memory.threads(), 1);
            this.sums = new FloatBuffer[rows.size()];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = FloatBuffer.allocate(elements);
            }
        }

        Step step(BiFunction<Slice, FloatBuffer, Runnable> part) {
            Step[] steps = new Step[sums.length];
            for (int i = 0; i < steps.length; i++) {
                Runnable work = part.apply(rows.get(i), sums[i]);
                steps[i] = work::run;
            }
            return Step.parts(steps);
        }

        /** @param accumulates whether to add to what is there */
        Step sum(INDArray total, BooleanSupplier accumulates) {
            return HostKernels.sumOfShares(sums, total, accumulates)::run;
        }
    }
}
