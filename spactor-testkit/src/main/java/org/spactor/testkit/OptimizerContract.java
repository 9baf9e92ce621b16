package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.ParameterUpdate;
import org.spactor.api.random.CounterRandom;

/**
 * What every {@link Optimizer} has to fulfil: a test of one extends this class and says how to make it. It updates a matrix,
 * a vector and a single number, whose buffers are direct ones, as in a run.
 */
public abstract class OptimizerContract {
    private static final List<long[]> SHAPES = List.of(new long[] {6, 4}, new long[] {5}, new long[] {1});
    private static final int STEPS = 12;

    /** A new optimizer. */
    protected abstract Optimizer optimizer();

    /** A learning rate at which {@link #steps} steps lead from 1 to half the way to 0. */
    protected double learningRate() {
        return 0.01;
    }

    /** How many steps it may take to halve the distance to the minimum of a quadratic. */
    protected int steps() {
        return 300;
    }

    @Test
    protected final void itsLearningRateIsAbove0() {
        assertThat(optimizer().learningRate()).isFinite().isPositive();
    }

    @Test
    protected final void itsSlotsHaveShapes() {
        for (long[] shape : SHAPES) {
            long[] given = shape.clone();
            Map<String, long[]> slots = optimizer().slots(given);
            assertThat(given).as("shape of the parameter, which is not changed").containsExactly(shape);
            slots.forEach((name, slot) -> {
                assertThat(name).as("name of a slot").isNotBlank();
                assertThat(slot).as("shape of the slot '%s'", name).isNotNull();
                assertThat(Arrays.stream(slot).allMatch(side -> side >= 1))
                        .as("lengths of the slot '%s' are at least 1: %s", name, Arrays.toString(slot))
                        .isTrue();
            });
        }
    }

    @Test
    protected final void aGradientMovesTheParameterAndStaysAsItIs() {
        for (long[] shape : SHAPES) {
            Tensors tensors = new Tensors(optimizer(), shape, 1);
            float[] before = elements(tensors.parameter);
            float[] gradient = elements(tensors.gradient);
            tensors.update(optimizer(), 1, learningRate(), 1);
            assertThat(elements(tensors.gradient)).as("the gradient").containsExactly(gradient);
            assertThat(elements(tensors.parameter))
                    .as("the parameter after a step")
                    .isNotEqualTo(before);
        }
    }

    @Test
    protected final void aLearningRateOf0MovesNothing() {
        for (long[] shape : SHAPES) {
            Tensors tensors = new Tensors(optimizer(), shape, 2);
            float[] before = elements(tensors.parameter);
            tensors.update(optimizer(), 1, 0, 1);
            assertThat(elements(tensors.parameter))
                    .as("the parameter, after a step whose schedule's factor is 0")
                    .containsExactly(before);
        }
    }

    @Test
    protected final void aQuadraticGetsSmaller() {
        for (long[] shape : SHAPES) {
            Optimizer optimizer = optimizer();
            Tensors tensors = new Tensors(optimizer, shape, 3);
            fill(tensors.parameter, 1);
            for (int step = 1; step <= steps(); step++) {
                // the gradient of p² / 2
                for (int i = 0; i < tensors.parameter.limit(); i++) {
                    tensors.gradient.put(i, tensors.parameter.get(i));
                }
                tensors.update(optimizer, step, learningRate(), 1);
            }
            for (float element : elements(tensors.parameter)) {
                assertThat(Math.abs(element))
                        .as(
                                "distance to the minimum of p² / 2 after %d steps of learning rate %s, 1 before",
                                steps(), learningRate())
                        .isLessThan(0.5f);
            }
        }
    }

    @Test
    protected final void aGradientOf0KeepsEverythingFinite() {
        for (long[] shape : SHAPES) {
            for (float start : new float[] {0, 1}) {
                Optimizer optimizer = optimizer();
                Tensors tensors = new Tensors(optimizer, shape, 4);
                fill(tensors.parameter, start);
                fill(tensors.gradient, 0);
                for (int step = 1; step <= STEPS; step++) {
                    tensors.update(optimizer, step, learningRate(), 1);
                }
                tensors.all()
                        .forEach((name, elements) -> assertThat(elements)
                                .as("%s after %d gradients of 0", name, STEPS)
                                .doesNotContain(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY));
            }
        }
    }

    @Test
    protected final void theGradientIsMultipliedByItsScale() {
        for (long[] shape : SHAPES) {
            Tensors scaled = new Tensors(optimizer(), shape, 5);
            Tensors small = new Tensors(optimizer(), shape, 5);
            for (int i = 0; i < small.gradient.limit(); i++) {
                small.gradient.put(i, small.gradient.get(i) * 0.125f);
            }
            scaled.update(optimizer(), 1, learningRate(), 0.125);
            small.update(optimizer(), 1, learningRate(), 1);
            scaled.all()
                    .forEach((name, elements) -> assertThat(elements)
                            .as("%s, with a gradient that is clipped to an eighth, and with an eighth of it", name)
                            .containsExactly(small.all().get(name), within(1e-6f)));
        }
    }

    @Test
    protected final void anUpdateDependsOnWhatItIsGivenAlone() {
        Optimizer used = optimizer();
        for (long[] shape : SHAPES) {
            train(used, new Tensors(used, shape, 6), 1, STEPS);
        }
        for (long[] shape : SHAPES) {
            Tensors byUsed = new Tensors(used, shape, 7);
            Tensors byNew = new Tensors(used, shape, 7);
            train(used, byUsed, 1, STEPS);
            train(optimizer(), byNew, 1, STEPS);
            requireSame(byUsed, byNew, "an optimizer that made other updates before, and a new one");
        }
    }

    @Test
    protected final void whatItRemembersIsInItsSlots() {
        for (long[] shape : SHAPES) {
            Optimizer straight = optimizer();
            Tensors once = new Tensors(straight, shape, 8);
            train(straight, once, 1, STEPS);
            Tensors stopped = new Tensors(straight, shape, 8);
            for (int step = 1; step <= STEPS; step++) {
                train(optimizer(), stopped, step, step);
            }
            requireSame(stopped, once, "a new optimizer for every step, and one for all of them");
        }
    }

    @Test
    protected final void tensorsAreUpdatedSideBySide() throws Exception {
        Optimizer shared = optimizer();
        int tensors = 64;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Map<Integer, Future<Tensors>> made = new LinkedHashMap<>();
            for (int i = 0; i < tensors; i++) {
                int seed = i;
                made.put(seed, threads.submit(() -> trained(shared, seed)));
            }
            for (Map.Entry<Integer, Future<Tensors>> each : made.entrySet()) {
                requireSame(
                        each.getValue().get(),
                        trained(optimizer(), each.getKey()),
                        "with others at the same time, and alone");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Tensors trained(Optimizer optimizer, int seed) {
        Tensors tensors = new Tensors(optimizer, new long[] {40, 8 + seed % 3}, seed);
        train(optimizer, tensors, 1, STEPS);
        return tensors;
    }

    /** Steps of random gradients. */
    private void train(Optimizer optimizer, Tensors tensors, int from, int to) {
        for (int step = from; step <= to; step++) {
            random(tensors.gradient, "testkit-gradient", tensors.seed, step);
            tensors.update(optimizer, step, learningRate(), 0.5);
        }
    }

    private static void requireSame(Tensors actual, Tensors expected, String how) {
        actual.all()
                .forEach((name, elements) -> assertThat(elements)
                        .as("%s, updated by %s", name, how)
                        .containsExactly(expected.all().get(name)));
    }

    private static float[] elements(FloatBuffer buffer) {
        float[] elements = new float[buffer.limit()];
        buffer.get(0, elements);
        return elements;
    }

    private static void fill(FloatBuffer buffer, float value) {
        for (int i = 0; i < buffer.limit(); i++) {
            buffer.put(i, value);
        }
    }

    private static void random(FloatBuffer buffer, String purpose, long... indices) {
        CounterRandom random = CounterRandom.of(0, purpose, indices);
        for (int i = 0; i < buffer.limit(); i++) {
            buffer.put(i, (float) random.nextGaussian());
        }
    }

    /** A parameter of random numbers, a random gradient, and slots of zeros. */
    private static final class Tensors {
        private final long[] shape;
        private final long seed;
        private final FloatBuffer parameter;
        private final FloatBuffer gradient;
        private final Map<String, FloatBuffer> slots = new LinkedHashMap<>();

        Tensors(Optimizer optimizer, long[] shape, long seed) {
            this.shape = shape.clone();
            this.seed = seed;
            this.parameter = buffer(shape);
            this.gradient = buffer(shape);
            random(parameter, "testkit-parameter", seed);
            random(gradient, "testkit-gradient", seed, 0);
            optimizer.slots(shape.clone()).forEach((name, slot) -> slots.put(name, buffer(slot)));
        }

        void update(Optimizer optimizer, long step, double learningRate, double gradientScale) {
            optimizer.update(new ParameterUpdate(
                    "testkit.weight",
                    shape.clone(),
                    parameter.duplicate(),
                    gradient.duplicate(),
                    views(),
                    step,
                    learningRate,
                    gradientScale));
        }

        private Map<String, FloatBuffer> views() {
            Map<String, FloatBuffer> views = new LinkedHashMap<>();
            slots.forEach((name, slot) -> views.put(name, slot.duplicate()));
            return views;
        }

        /** What is kept from one step to the next. */
        Map<String, float[]> all() {
            Map<String, float[]> all = new LinkedHashMap<>();
            all.put("the parameter", elements(parameter));
            slots.forEach((name, slot) -> all.put("slot '" + name + "'", elements(slot)));
            return all;
        }

        private static FloatBuffer buffer(long... shape) {
            int count = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
            return ByteBuffer.allocateDirect(count * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
    }
}
