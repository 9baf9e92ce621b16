package org.spactor.engine.nd4j;

import java.util.Map;

/** Dense layers: nothing but matrix products, with what is added to them. */
final class LinearKernels {
    private final Products products;

    LinearKernels(Products products) {
        this.products = products;
    }

    void addTo(Map<String, Kernel> kernels) {
        kernels.put("linear", product(false, true));
        kernels.put("linear-input-gradient", product(false, false));
        kernels.put("linear-weight-gradient", product(true, false));
    }

    private Kernel product(boolean transposeFirst, boolean transposeSecond) {
        return (instruction, memory) -> products.product(
                memory.matrix(instruction.input(0)),
                transposeFirst,
                memory.matrix(instruction.input(1)),
                transposeSecond,
                Addend.of(instruction, memory),
                memory.matrix(instruction.output(0)),
                memory);
    }
}
