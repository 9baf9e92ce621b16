package org.spactor.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.spactor.engine.nd4j.MeasuredProduct;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.engine.nd4j.Nd4jBackend;

/** Matrix products m · k by k · n of float32, whose operands are in cache, by each library. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {
    /** What multiplies. */
    @Param({"oneDNN", "OpenBLAS"})
    public String library;

    /** Rows, columns and inner side. */
    @Param({"512x512x512", "512x1024x512", "128x8192x512", "1024x1024x1024"})
    public String shape;

    private MeasuredProduct product;

    /** Prepares the product. */
    @Setup
    public void prepare() {
        NativeLibraries.useOneThreadPerCall();
        String[] sides = shape.split("x", -1);
        Nd4jBackend backend = library.equals("oneDNN") ? Nd4jBackend.create() : Nd4jBackend.openBlas();
        if (!backend.productLibrary().equals(library)) {
            throw new IllegalStateException(library + " does not run on this machine");
        }
        product = backend.product(Long.parseLong(sides[0]), Long.parseLong(sides[1]), Long.parseLong(sides[2]));
    }

    /** Frees its memory. */
    @TearDown
    public void close() {
        product.close();
    }

    /** Multiplies once. */
    @Benchmark
    public void multiply() {
        product.run();
    }
}
