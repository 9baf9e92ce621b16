package org.spactor.engine.train;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.nd4j.Nd4jBackend;

/** How fast this machine multiplies matrices: the ceiling of any training step. */
public final class MatrixRate {
    private static final int SIDE = 1024;
    private static final int WARM_UP = 4;
    private static final int REPETITIONS = 40;

    private MatrixRate() {}

    /**
     * Multiplies square float32 matrices on some threads at once.
     *
     * @return floating-point operations a second of all threads together
     */
    public static double measure(Nd4jBackend backend, int threads) {
        Runnable[] products = new Runnable[threads];
        for (int i = 0; i < threads; i++) {
            INDArray left = Nd4j.rand(DataType.FLOAT, SIDE, SIDE);
            INDArray right = Nd4j.rand(DataType.FLOAT, SIDE, SIDE);
            products[i] = backend.product(left, right, Nd4j.create(DataType.FLOAT, SIDE, SIDE));
        }
        try (Workers workers = new Workers(threads)) {
            workers.each(i -> repeat(products[i], WARM_UP));
            long start = System.nanoTime();
            workers.each(i -> repeat(products[i], REPETITIONS));
            double seconds = (System.nanoTime() - start) * 1e-9;
            return 2.0 * SIDE * SIDE * SIDE * REPETITIONS * threads / seconds;
        }
    }

    private static void repeat(Runnable product, int times) {
        for (int i = 0; i < times; i++) {
            product.run();
        }
    }
}
