package org.spactor.engine.nd4j;

/** The seam behind which matrix products are done: four fifths of a training step. */
interface MatrixProducts {
    /**
     * Prepares c = a · b + addend on one thread. Sides before the last two are a batch and the same for all operands. Of
     * the last two sides' strides one is 1: a and b may be transposed views.
     *
     * @param addend of the shape of c, and c itself or apart from it in memory; null: nothing is added
     * @param memory closes what the product holds
     */
    Step product(Strided a, Strided b, Strided addend, Strided c, Nd4jMemory memory);

    /** Name of the library that does it. */
    String library();
}
