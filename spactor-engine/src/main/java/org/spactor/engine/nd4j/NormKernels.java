package org.spactor.engine.nd4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;

/** RMSNorm, forward and backward. */
final class NormKernels {
    private final Products products;

    NormKernels(Products products) {
        this.products = products;
    }

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.RMS_NORM, this::forward);
        kernels.put(Kinds.RMS_NORM_GRADIENT, this::backward);
    }

    /** r = (mean(x²) + ε)^−½; y = x · r ⊙ weight. */
    private Step forward(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.matrix(instruction.input("x"));
        INDArray y = memory.matrix(instruction.output("y"));
        INDArray weight = memory.vector(instruction.input("weight")).reshape(1, x.columns());
        INDArray inverse = memory.vector(instruction.output("inverse")).reshape(x.rows(), 1);
        double epsilon = instruction.attributes().real("epsilon");
        return Step.sequence(
                NativeOperation.reduce("reduce_sqnorm", x, 1, inverse),
                NativeOperation.binary("multiply", inverse, memory.scalar(1.0 / x.columns()), inverse),
                NativeOperation.binary("add", inverse, memory.scalar(epsilon), inverse),
                NativeOperation.unary("rsqrt", inverse, inverse),
                NativeOperation.binary("multiply", x, inverse, y),
                NativeOperation.binary("multiply", y, weight, y));
    }

    /**
     * With g the gradient of y: dweight = rᵀ · (g ⊙ x); dx = g ⊙ weight · r − x · (r³/d · (g ⊙ x) · weight) + addend. The
     * addend may be where dx goes, which is therefore written last.
     */
    private Step backward(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.matrix(instruction.input("x"));
        int rows = x.rows();
        int columns = x.columns();
        INDArray weight = memory.vector(instruction.input("weight"));
        INDArray inverse = memory.vector(instruction.input("inverse"));
        INDArray inverseColumn = inverse.reshape(rows, 1);
        INDArray gradient = memory.matrix(instruction.input("gradient"));
        INDArray xGradient = memory.matrix(instruction.output("x-gradient"));
        INDArray weightGradient =
                memory.vector(instruction.output("weight-gradient")).reshape(1, columns);
        INDArray[] scratch =
                memory.scratch(new long[] {rows, columns}, new long[] {rows, columns}, new long[] {rows, 1});
        INDArray product = scratch[0];
        INDArray direct = scratch[1];
        INDArray factor = scratch[2];
        INDArray addend = Addend.of(instruction, memory);
        Step overwriting = products.product(inverse.reshape(1, rows), false, product, false, weightGradient, memory);
        return Step.sequence(
                NativeOperation.binary("multiply", gradient, x, product),
                instruction.accumulates()
                        ? Step.either(
                                memory::accumulating,
                                products.product(
                                        inverse.reshape(1, rows),
                                        false,
                                        product,
                                        false,
                                        weightGradient,
                                        weightGradient,
                                        memory),
                                overwriting)
                        : overwriting,
                products.product(product, false, weight.reshape(columns, 1), false, factor, memory),
                NativeOperation.binary("multiply", factor, inverseColumn, factor),
                NativeOperation.binary("multiply", factor, inverseColumn, factor),
                NativeOperation.binary("multiply", factor, memory.scalar(-1.0 / columns), factor),
                NativeOperation.binary("multiply", x, factor, product),
                NativeOperation.binary("multiply", gradient, weight.reshape(1, columns), direct),
                NativeOperation.binary("add", direct, product, direct),
                NativeOperation.binary("multiply", direct, inverseColumn, direct),
                addend == null
                        ? NativeOperation.copy(direct, xGradient)
                        : NativeOperation.binary("add", direct, addend, xGradient));
    }
}
