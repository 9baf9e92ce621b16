package org.spactor.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The seam behind which matrix products are done: four fifths of a training step. */
interface MatrixProducts {
    /**
     * Prepares c = op(a) · op(b) + addend, where op transposes the last two sides or does nothing. Sides before the last
     * two are a batch and the same for all arrays. Elements of a row are neighbours in memory; anything else may be
     * strided.
     *
     * @param addend of the shape of c, and c itself or apart from it in memory; null: nothing is added
     * @param memory closes what the product holds
     */
    Step product(
            INDArray a,
            boolean transposeA,
            INDArray b,
            boolean transposeB,
            INDArray addend,
            INDArray c,
            Nd4jMemory memory);

    /** Prepares c = op(a) · op(b). */
    default Step product(
            INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c, Nd4jMemory memory) {
        return product(a, transposeA, b, transposeB, null, c, memory);
    }

    /** A name for people. */
    String library();
}
