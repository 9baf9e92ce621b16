package org.spactor.engine.nd4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.plan.Plan;

/** Runs plans on ND4J: on the CPU with matrix products straight from OpenBLAS, elsewhere with ND4J's operations alone. */
public final class Nd4jBackend {
    private final MatrixProducts products;
    private final Kernels kernels;

    private Nd4jBackend(MatrixProducts products, Kernels kernels) {
        this.products = products;
        this.kernels = kernels;
    }

    /** The fastest kernels for the device that ND4J runs on. */
    public static Nd4jBackend create() {
        return Nd4j.getEnvironment().isCPU()
                ? OneDnn.load().map(Nd4jBackend::oneDnn).orElseGet(Nd4jBackend::openBlas)
                : portable();
    }

    private static Nd4jBackend oneDnn(OneDnn oneDnn) {
        MatrixProducts products = new OneDnnProducts(oneDnn);
        return new Nd4jBackend(products, Kernels.forCpu(products, new OneDnnSoftmaxRows(oneDnn)));
    }

    /** Kernels for a CPU where oneDNN does not run: matrix products by OpenBLAS. */
    public static Nd4jBackend openBlas() {
        MatrixProducts products = new OpenBlasProducts();
        return new Nd4jBackend(products, Kernels.forCpu(products, new HostSoftmaxRows()));
    }

    /** Kernels composed of ND4J's own operations, which run on every device. */
    public static Nd4jBackend portable() {
        MatrixProducts products = new Nd4jProducts();
        return new Nd4jBackend(products, Kernels.portable(products));
    }

    /**
     * Makes an instance of a plan for one thread.
     *
     * @param parameters the arrays of the parameters by name, float32, row-major; shared, not copied
     */
    public Nd4jExecutable prepare(Plan plan, Map<String, INDArray> parameters) {
        return prepare(plan, parameters, 1);
    }

    /**
     * Makes an instance of a plan.
     *
     * @param parameters the arrays of the parameters by name, float32, row-major; shared, not copied
     * @param threads how many threads share the work; the results may differ between numbers of threads, by rounding
     */
    public Nd4jExecutable prepare(Plan plan, Map<String, INDArray> parameters, int threads) {
        return new Nd4jExecutable(plan, kernels, parameters, threads);
    }

    /** Whether plans whose products take bfloat16 run here, by instructions of the CPU's own. */
    public boolean takesBFloat16() {
        return products.takesBFloat16();
    }

    /** Prepares rounding float32 to bfloat16, both row-major, cut into parts for so many threads. */
    public Rounding rounding(Map<INDArray, INDArray> copies, int threads) {
        return new Rounding(new Products(products), copies, threads);
    }

    /** Name of the library that multiplies matrices. */
    public String productLibrary() {
        return products.library();
    }

    /** Multiplies float32 matrices again and again, as the kernels do it; for measuring. */
    public MeasuredProduct product(long m, long n, long k) {
        return new MeasuredProduct(products, m, n, k);
    }
}
