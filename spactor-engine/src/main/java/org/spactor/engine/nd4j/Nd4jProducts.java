package org.spactor.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix products by ND4J's {@code matmul}, on any device that ND4J runs on. */
final class Nd4jProducts implements MatrixProducts {
    @Override
    public Step product(
            INDArray a,
            boolean transposeA,
            INDArray b,
            boolean transposeB,
            INDArray addend,
            INDArray c,
            Nd4jMemory memory) {
        Step product = NativeOperation.named("matmul")
                .integers(transposeA ? 1 : 0, transposeB ? 1 : 0, 0)
                .reals(1, addend == null ? 0 : 1)
                .prepare(new INDArray[] {a, b}, c);
        return addend == null ? product : Step.sequence(NativeOperation.copyUnlessSame(addend, c), product);
    }

    @Override
    public String library() {
        return "ND4J";
    }
}
