package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.reference.UpdateRunner;

/**
 * What every {@link Optimizer} has to fulfil: a test of one extends this class and says how to make it. It updates a matrix,
 * a vector and a single number, by the plans that its declarations are compiled into, as in a run.
 */
public abstract class OptimizerContract {
    private static final List<long[]> SHAPES =
            List.of(new long[] {6, 4}, new long[] {5}, new long[] {1}, new long[] {160, 130});
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
    protected final void aGradientMovesTheParameter() {
        for (long[] shape : SHAPES) {
            Tensors tensors = new Tensors(optimizer(), shape, 1);
            float[] before = tensors.runner.parameter();
            tensors.update(1, learningRate(), 1);
            assertThat(tensors.runner.parameter())
                    .as("the parameter after a step")
                    .isNotEqualTo(before);
        }
    }

    @Test
    protected final void aLearningRateOf0MovesNothing() {
        for (long[] shape : SHAPES) {
            Tensors tensors = new Tensors(optimizer(), shape, 2);
            float[] before = tensors.runner.parameter();
            tensors.update(1, 0, 1);
            assertThat(tensors.runner.parameter())
                    .as("the parameter, after a step whose schedule's factor is 0")
                    .containsExactly(before);
        }
    }

    @Test
    protected final void aQuadraticGetsSmaller() {
        for (long[] shape : SHAPES) {
            Tensors tensors = new Tensors(optimizer(), shape, 3);
            tensors.runner.setParameter(filled(shape, 1));
            for (int step = 1; step <= steps(); step++) {
                // the gradient of p² / 2
                tensors.runner.setGradient(tensors.runner.parameter());
                tensors.update(step, learningRate(), 1);
            }
            for (float element : tensors.runner.parameter()) {
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
                Tensors tensors = new Tensors(optimizer(), shape, 4);
                tensors.runner.setParameter(filled(shape, start));
                tensors.runner.setGradient(filled(shape, 0));
                for (int step = 1; step <= STEPS; step++) {
                    tensors.update(step, learningRate(), 1);
                }
                tensors.all()
                        .forEach((name, elements) -> assertThat(elements)
                                .as("%s after %d gradients of 0", name, STEPS)
                                .doesNotContain(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY));
            }
        }
    }

    @Test
    protected final void itsDeclarationsDoNotDependOnThoseBefore() {
        Optimizer used = optimizer();
        for (long[] shape : SHAPES) {
            train(new Tensors(used, shape, 6), 1, STEPS);
        }
        for (long[] shape : SHAPES) {
            Tensors byUsed = new Tensors(used, shape, 7);
            Tensors byNew = new Tensors(optimizer(), shape, 7);
            train(byUsed, 1, STEPS);
            train(byNew, 1, STEPS);
            requireSame(byUsed, byNew, "an optimizer that declared other updates before, and a new one");
        }
    }

    @Test
    protected final void whatItRemembersIsInItsSlots() {
        for (long[] shape : SHAPES) {
            Tensors once = new Tensors(optimizer(), shape, 8);
            train(once, 1, STEPS);
            Optimizer stopping = optimizer();
            Tensors stopped = new Tensors(stopping, shape, 8);
            for (int step = 1; step <= STEPS; step++) {
                train(stopped, step, step);
                stopped.runner.declareAnew(stopping);
            }
            requireSame(stopped, once, "a new declaration for every step, and one for all of them");
        }
    }

    /** Steps of random gradients. */
    private void train(Tensors tensors, int from, int to) {
        for (int step = from; step <= to; step++) {
            tensors.runner.setGradient(random(tensors.shape, "testkit-gradient", tensors.seed, step));
            tensors.update(step, learningRate(), 0.5);
        }
    }

    private static void requireSame(Tensors actual, Tensors expected, String how) {
        actual.all()
                .forEach((name, elements) -> assertThat(elements)
                        .as("%s, updated by %s", name, how)
                        .containsExactly(expected.all().get(name)));
    }

    private static float[] filled(long[] shape, float value) {
        float[] elements = new float[count(shape)];
        Arrays.fill(elements, value);
        return elements;
    }

    private static float[] random(long[] shape, String purpose, long... indices) {
        CounterRandom random = CounterRandom.of(0, purpose, indices);
        float[] elements = new float[count(shape)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) random.nextGaussian();
        }
        return elements;
    }

    private static int count(long... shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    }

    /** A parameter of random numbers, a random gradient, and slots of zeros. */
    private static final class Tensors {
        private final long[] shape;
        private final long seed;
        private final UpdateRunner runner;

        Tensors(Optimizer optimizer, long[] shape, long seed) {
            this.shape = shape.clone();
            this.seed = seed;
            this.runner = new UpdateRunner(Nd4jBackend.create(), optimizer, "testkit.weight", shape);
            runner.setParameter(random(shape, "testkit-parameter", seed));
            runner.setGradient(random(shape, "testkit-gradient", seed, 0));
        }

        void update(long step, double learningRate, double gradientScale) {
            runner.update(step, learningRate, gradientScale);
        }

        /** What is kept from one step to the next. */
        Map<String, float[]> all() {
            Map<String, float[]> all = new LinkedHashMap<>();
            all.put("the parameter", runner.parameter());
            runner.slots().forEach((name, elements) -> all.put("slot '" + name + "'", elements));
            return all;
        }
    }
}
