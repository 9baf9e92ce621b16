package org.spactor.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The seam behind which matrix products are done: four fifths of a training step. */
interface MatrixProducts {
    /**
     * Prepares c = op(a) · op(b), where op transposes the last two sides or does nothing. Sides before the last two are a
     * batch and the same for all three. Elements of a row are neighbours in memory; anything else may be strided.
     */
    Step product(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c);
}
