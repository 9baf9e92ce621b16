package org.spactor.engine.train;

import java.nio.FloatBuffer;
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
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanBuilder;

/** How fast a backend multiplies matrices: the ceiling of any training step. */
public final class MatrixRate {
    private static final int SIDE = 1024;
    private static final int WARM_UP = 4;
    private static final int REPETITIONS = 40;
    private static final long FLOPS = 2L * SIDE * SIDE * SIDE;
    private static final String LEFT = "left";
    private static final String RIGHT = "right";

    private MatrixRate() {}

    /**
     * Multiplies square float32 matrices on some threads at once.
     *
     * @return floating-point operations a second of all threads together
     */
    public static double measure(Backend backend, int threads) {
        Plan plan = product();
        Program[] products = new Program[threads];
        DeviceTensor[] operands = new DeviceTensor[2 * threads];
        for (int i = 0; i < threads; i++) {
            operands[2 * i] = random(backend, LEFT);
            operands[2 * i + 1] = random(backend, RIGHT);
            products[i] = backend.prepare(plan, Map.of(LEFT, operands[2 * i], RIGHT, operands[2 * i + 1]));
        }
        try (Workers workers = new Workers(threads)) {
            workers.each(i -> repeat(products[i], WARM_UP));
            long start = System.nanoTime();
            workers.each(i -> repeat(products[i], REPETITIONS));
            double seconds = (System.nanoTime() - start) * 1e-9;
            return (double) FLOPS * REPETITIONS * threads / seconds;
        } finally {
            for (Program product : products) {
                product.close();
            }
            for (DeviceTensor operand : operands) {
                operand.close();
            }
        }
    }

    private static Plan product() {
        PlanBuilder builder = new PlanBuilder();
        Operand left = builder.shared(LEFT, ElementType.FLOAT32, SIDE, SIDE);
        Operand right = builder.shared(RIGHT, ElementType.FLOAT32, SIDE, SIDE);
        Operand product = builder.result("product", ElementType.FLOAT32, SIDE, SIDE);
        return builder.add(Kinds.LINEAR, "product", List.of(left, right), List.of(product), Attributes.NONE)
                .build();
    }

    private static DeviceTensor random(Backend backend, String name) {
        RandomGenerator random = CounterRandom.of(0, name);
        float[] numbers = new float[SIDE * SIDE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat();
        }
        DeviceTensor tensor = backend.allocate(ElementType.FLOAT32, SIDE, SIDE);
        tensor.write(0, FloatBuffer.wrap(numbers));
        return tensor;
    }

    private static void repeat(Program product, int times) {
        for (int i = 0; i < times; i++) {
            product.run();
        }
    }
}
