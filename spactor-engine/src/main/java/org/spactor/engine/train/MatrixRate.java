package org.spactor.engine.train;

import org.spactor.engine.nd4j.MeasuredProduct;
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
        MeasuredProduct[] products = new MeasuredProduct[threads];
        for (int i = 0; i < threads; i++) {
            products[i] = backend.product(SIDE, SIDE, SIDE);
        }
        try (Workers workers = new Workers(threads)) {
            workers.each(i -> repeat(products[i], WARM_UP));
            long start = System.nanoTime();
            workers.each(i -> repeat(products[i], REPETITIONS));
            double seconds = (System.nanoTime() - start) * 1e-9;
            return (double) products[0].flops() * REPETITIONS * threads / seconds;
        } finally {
            for (MeasuredProduct product : products) {
                product.close();
            }
        }
    }

    private static void repeat(MeasuredProduct product, int times) {
        for (int i = 0; i < times; i++) {
            product.run();
        }
    }
}
