package org.spactor.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix products by ND4J's {@code matmul}, on any device that ND4J runs on. */
final class Nd4jProducts implements MatrixProducts {
    @Override
    public Step product(Strided a, Strided b, Strided addend, Strided c, Place place) {
        INDArray result = c.toArray();
        Step product = NativeOperation.named("matmul")
                .integers(a.isTransposed() ? 1 : 0, b.isTransposed() ? 1 : 0, 0)
                .reals(1, addend == null ? 0 : 1)
                .prepare(new INDArray[] {a.straight().toArray(), b.straight().toArray()}, result);
        return addend == null
                ? product
                : Step.sequence(NativeOperation.copyUnlessSame(addend.toArray(), result), product);
    }

    @Override
    public String library() {
        return "ND4J";
    }
}
