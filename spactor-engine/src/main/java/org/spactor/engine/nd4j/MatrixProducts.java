package org.spactor.engine.nd4j;

/** The seam behind which matrix products are done: four fifths of a training step. */
interface MatrixProducts {
    /**
     * Prepares c = a · b + addend on one thread. Sides before the last two are a batch and the same for all operands. Of
     * the last two sides' strides one is 1: a and b may be transposed views.
     *
     * @param addend of the shape of c, and c itself or apart from it in memory; null: nothing is added
     * @param place where it is done, which closes what the product holds
     */
    Step product(Strided a, Strided b, Strided addend, Strided c, Place place);

    /** Whether a and b may be bfloat16, with c and what is summed float32, or c bfloat16 as well. */
    default boolean takesBFloat16() {
        return false;
    }

    /**
     * Prepares to ← from, rounded to the nearest bfloat16, to the even one of two.
     *
     * @throws UnsupportedOperationException if this library does not take bfloat16
     */
    default Step round(Strided from, Strided to, Place place) {
        throw new UnsupportedOperationException(library() + " does not multiply bfloat16");
    }

    /** Name of the library that does it. */
    String library();
}
