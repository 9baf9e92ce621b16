package org.spactor.engine.nd4j;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.plan.Plan;

/** A product of random matrices, m · k by k · n, prepared as those of a plan are; for measuring a machine's rate. */
public final class MeasuredProduct implements AutoCloseable {
    private final Nd4jMemory memory = new Nd4jMemory(new Plan(List.of(), List.of(), Map.of(), Map.of()), Map.of(), 1);
    private final Step product;
    private final long flops;

    MeasuredProduct(MatrixProducts library, long m, long n, long k) {
        this.flops = 2 * m * n * k;
        this.product = new Products(library)
                .product(
                        Nd4j.rand(DataType.FLOAT, m, k),
                        false,
                        Nd4j.rand(DataType.FLOAT, k, n),
                        false,
                        Nd4j.create(DataType.FLOAT, m, n),
                        memory);
    }

    /** Multiplies. */
    public void run() {
        product.run();
    }

    /** Floating-point operations of a product. */
    public long flops() {
        return flops;
    }

    @Override
    public void close() {
        memory.close();
    }
}
