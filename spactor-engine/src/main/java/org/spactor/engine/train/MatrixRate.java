package org.spactor.engine.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.PlanBuilder;

/** How fast a backend multiplies matrices: the ceiling of any training step. */
public final class MatrixRate {
    /** What fits the caches of a core, and what fills a card. */
    private static final int SIDE_ON_CPU = 1024;

    private static final int SIDE_ON_CARD = 8192;
    private static final int WARM_UP = 4;
    private static final int REPETITIONS = 40;
    private static final String LEFT = "left";
    private static final String RIGHT = "right";
    private static final String ROUNDED = "rounded ";

    private MatrixRate() {}

    /**
     * Multiplies square matrices of 1,024 rows on some threads of a CPU at once.
     *
     * @return floating-point operations a second of all threads together
     */
    public static double ofCpu(Backend backend, int threads) {
        return measure(backend, SIDE_ON_CPU, ElementType.FLOAT32, threads);
    }

    /**
     * Multiplies square matrices of 8,192 rows on a card.
     *
     * @param operands element type of the matrices that are multiplied; sums are float32
     * @return floating-point operations a second
     */
    public static double ofCard(Backend backend, ElementType operands) {
        return measure(backend, SIDE_ON_CARD, operands, 1);
    }

    private static double measure(Backend backend, int side, ElementType operands, int threads) {
        List<Multiplication> products = new ArrayList<>();
        try (Workers workers = new Workers(threads)) {
            for (int i = 0; i < threads; i++) {
                products.add(new Multiplication(backend, side, operands));
            }
            workers.each(i -> products.get(i).repeat(WARM_UP));
            backend.synchronize();
            long start = System.nanoTime();
            workers.each(i -> products.get(i).repeat(REPETITIONS));
            backend.synchronize();
            double seconds = (System.nanoTime() - start) * 1e-9;
            return 2.0 * side * side * side * REPETITIONS * threads / seconds;
        } finally {
            products.forEach(Multiplication::close);
        }
    }

    /** One product of two matrices of random numbers: on zeros some machines are faster. */
    private static final class Multiplication implements AutoCloseable {
        private final List<DeviceTensor> tensors = new ArrayList<>();
        private final Program product;

        Multiplication(Backend backend, int side, ElementType operands) {
            Map<String, DeviceTensor> matrices = new HashMap<>();
            for (String name : List.of(LEFT, RIGHT)) {
                DeviceTensor matrix = random(backend, name, side);
                tensors.add(matrix);
                matrices.put(name, operands == ElementType.FLOAT32 ? matrix : rounded(backend, matrix, side));
            }
            PlanBuilder builder = new PlanBuilder();
            Operand left = builder.shared(LEFT, operands, side, side);
            Operand right = builder.shared(RIGHT, operands, side, side);
            Operand result = builder.result("product", ElementType.FLOAT32, side, side);
            builder.add(Kinds.LINEAR, "product", List.of(left, right), List.of(result), Attributes.NONE);
            this.product = backend.prepare(builder.build(), matrices);
        }

        private static DeviceTensor random(Backend backend, String name, int side) {
            RandomGenerator random = CounterRandom.of(0, name);
            float[] line = new float[side];
            DeviceTensor tensor = backend.allocate(ElementType.FLOAT32, side, side);
            for (int row = 0; row < side; row++) {
                for (int i = 0; i < side; i++) {
                    line[i] = random.nextFloat();
                }
                tensor.write((long) row * side, FloatBuffer.wrap(line));
            }
            return tensor;
        }

        private DeviceTensor rounded(Backend backend, DeviceTensor matrix, int side) {
            DeviceTensor copy = backend.allocate(ElementType.BFLOAT16, side, side);
            tensors.add(copy);
            PlanBuilder builder = new PlanBuilder();
            Operand from = builder.shared(LEFT, ElementType.FLOAT32, side, side);
            Operand to = builder.shared(ROUNDED + LEFT, ElementType.BFLOAT16, side, side);
            builder.add(Kinds.TO_BFLOAT16, "matrix", List.of(from), List.of(to), Attributes.NONE);
            try (Program rounding = backend.prepare(builder.build(), Map.of(LEFT, matrix, ROUNDED + LEFT, copy))) {
                rounding.run();
            }
            return copy;
        }

        void repeat(int times) {
            for (int i = 0; i < times; i++) {
                product.run();
            }
        }

        @Override
        public void close() {
            product.close();
            tensors.forEach(DeviceTensor::close);
        }
    }
}
