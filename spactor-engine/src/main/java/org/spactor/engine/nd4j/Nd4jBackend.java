package org.spactor.engine.nd4j;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;

/** Runs plans on ND4J: on the CPU with matrix products straight from OpenBLAS, elsewhere with ND4J's operations alone. */
public final class Nd4jBackend implements Backend {
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

    @Override
    public DeviceTensor allocate(ElementType type, long... shape) {
        return new Nd4jTensor(Nd4j.zeros(Nd4jMemory.dataType(type), shape), type);
    }

    @Override
    public Program prepare(Plan plan, Map<String, ? extends DeviceTensor> tensors, int threads) {
        Map<String, INDArray> arrays = new HashMap<>();
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter shared) {
                arrays.put(shared.name(), array(buffer, shared.name(), tensors.get(shared.name())));
            }
        }
        return new Nd4jProgram(plan, kernels, arrays, threads);
    }

    private static INDArray array(Buffer buffer, String name, DeviceTensor tensor) {
        if (!(tensor instanceof Nd4jTensor ours)) {
            throw new IllegalArgumentException(
                    "no tensor of ND4J for '" + name + "': " + (tensor == null ? "there is none" : tensor.getClass()));
        }
        if (tensor.type() != buffer.type() || tensor.elements() != buffer.elements()) {
            throw new IllegalArgumentException(
                    "the tensor for '" + name + "' has " + tensor.elements() + " elements of " + tensor.type()
                            + ", but the plan has " + buffer.elements() + " of " + buffer.type());
        }
        return ours.array();
    }

    @Override
    public boolean takesBFloat16() {
        return products.takesBFloat16();
    }

    @Override
    public String productLibrary() {
        return products.library();
    }

    /** Multiplies float32 matrices again and again, as the kernels do it; for measuring. */
    public MeasuredProduct product(long m, long n, long k) {
        return new MeasuredProduct(products, m, n, k);
    }
}
