package org.spactor.engine.nd4j.host;

/** An expression of float32 elements as one loop over blocks. */
@FunctionalInterface
public interface BlockLoop {
    /**
     * Computes a block.
     *
     * @param inputs the elements of each input that has some
     * @param numbers of the values that are the same for the whole block, at the values' places
     * @param results takes the elements of each result
     * @param length number of elements
     */
    void run(float[][] inputs, float[] numbers, float[][] results, int length);
}
