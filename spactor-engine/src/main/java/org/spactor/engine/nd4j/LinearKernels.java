package org.spactor.engine.nd4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.plan.Kinds;

/** Dense layers: nothing but matrix products, with what is added to them. */
final class LinearKernels {
    private final Products products;

    LinearKernels(Products products) {
        this.products = products;
    }

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.LINEAR, product(false, true));
        kernels.put(Kinds.LINEAR_INPUT_GRADIENT, product(false, false));
        kernels.put(Kinds.LINEAR_WEIGHT_GRADIENT, product(true, false));
    }

    private Kernel product(boolean transposeFirst, boolean transposeSecond) {
        return (instruction, memory) -> {
            INDArray a = memory.matrix(instruction.input(0));
            INDArray b = memory.matrix(instruction.input(1));
            INDArray c = memory.matrix(instruction.output(0));
            INDArray addend = Addend.of(instruction, memory);
            Step product = products.product(a, transposeFirst, b, transposeSecond, addend, c, memory);
            return instruction.accumulates()
                    ? Step.either(
                            memory::accumulating,
                            products.product(a, transposeFirst, b, transposeSecond, c, c, memory),
                            product)
                    : product;
        };
    }
}
