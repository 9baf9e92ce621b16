package org.spactor.engine.nd4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.HostKernels;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Operand;

/** Kernels for a CPU where one pass in Java is faster than several operations of ND4J. */
final class CpuKernels {
    /** A Java buffer has at most 2³¹ − 1 bytes; larger operands are left to the portable kernels. */
    private static final long LARGEST = Integer.MAX_VALUE / Float.BYTES;

    /** Replaces portable kernels by faster ones. */
    void addTo(Map<String, Kernel> kernels) {
        replace(kernels, "gated-gelu", this::gatedGelu);
        replace(kernels, "gated-gelu-gradient", this::gatedGeluGradient);
        replace(kernels, "rms-norm", this::rmsNorm);
        replace(kernels, "rms-norm-gradient", this::rmsNormGradient);
        replace(kernels, "cross-entropy", this::crossEntropy);
        replace(kernels, "relative-position-bias-gradient", this::positionBiasGradient);
        replace(kernels, "sample-categorical", this::sample);
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
        return HostKernels.gatedGelu(
                memory.array(instruction.input(0)),
                memory.array(instruction.input(1)),
                memory.array(instruction.output(0)))::run;
    }

    private Step gatedGeluGradient(Instruction instruction, Nd4jMemory memory) {
        return HostKernels.gatedGeluGradient(
                memory.array(instruction.input(0)),
                memory.array(instruction.input(1)),
                memory.array(instruction.input(2)),
                memory.array(instruction.output(0)),
                memory.array(instruction.output(1)))::run;
    }

    private Step rmsNorm(Instruction instruction, Nd4jMemory memory) {
        return HostKernels.rmsNorm(
                memory.matrix(instruction.input(0)),
                memory.array(instruction.input(1)),
                memory.matrix(instruction.output(0)),
                memory.array(instruction.output(1)),
                instruction.attributes().real("epsilon"))::run;
    }

    private Step rmsNormGradient(Instruction instruction, Nd4jMemory memory) {
        return HostKernels.rmsNormGradient(
                memory.array(instruction.input(0)),
                memory.array(instruction.input(1)),
                memory.array(instruction.input(2)),
                memory.array(instruction.input(3)),
                memory.array(instruction.output(0)),
                memory.array(instruction.output(1)))::run;
    }

    private Step crossEntropy(Instruction instruction, Nd4jMemory memory) {
        return HostKernels.crossEntropy(
                memory.matrix(instruction.input(0)),
                memory.array(instruction.input(1)),
                memory.matrix(instruction.output(1)),
                memory.array(instruction.output(0)),
                instruction.attributes().number("ignored"))::run;
    }

    private Step sample(Instruction instruction, Nd4jMemory memory) {
        return HostKernels.sample(
                memory.matrix(instruction.input(0)),
                memory.array(instruction.input(1)),
                memory.array(instruction.output(0)),
                instruction.attributes().real("temperature"),
                instruction.attributes().integer("salt"))::run;
    }

    private Step positionBiasGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray gradient = memory.array(instruction.input(1));
        INDArray table = memory.array(instruction.output(0));
        int[] buckets =
                TokenKernels.buckets(instruction.attributes(), table.rows(), gradient.size(1), gradient.size(2));
        return HostKernels.positionBiasGradient(gradient, buckets, table)::run;
    }
}
