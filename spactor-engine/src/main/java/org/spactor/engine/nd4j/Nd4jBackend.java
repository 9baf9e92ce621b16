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
        return Nd4j.getEnvironment().isCPU() ? new Nd4jBackend(new OpenBlasProducts(), Kernels.forCpu()) : portable();
    }

    /** Kernels composed of ND4J's own operations, which run on every device. */
    public static Nd4jBackend portable() {
        return new Nd4jBackend(new Nd4jProducts(), Kernels.portable());
    }

    /**
     * Makes an instance of a plan.
     *
     * @param parameters the arrays of the parameters by name, float32, row-major; shared, not copied
     */
    public Nd4jExecutable prepare(Plan plan, Map<String, INDArray> parameters) {
        return new Nd4jExecutable(plan, kernels, parameters);
    }

    /** Prepares c = a · b as the kernels do it; for measuring. */
    public Runnable product(INDArray a, INDArray b, INDArray c) {
        Step product = products.product(a, false, b, false, c);
        return product::run;
    }
}
