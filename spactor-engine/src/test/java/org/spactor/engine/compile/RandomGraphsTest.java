package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Shape;
import org.spactor.engine.reference.Backend;
import org.spactor.engine.reference.PlanRunner;
import org.spactor.engine.reference.RandomInputs;

/**
 * Whatever is added, multiplied, reshaped and permuted in whatever order, and whatever of it is wanted: no memory is
 * used again too early. Each graph is also evaluated directly while it is written.
 */
class RandomGraphsTest {
    private static final int GRAPHS = 60;
    private static final int PARAMETERS = 3;
    private static final int OPERATIONS = 20;
    private static final long[][] SHAPES = {{2, 3, 4}, {6, 4}, {24}, {4, 6}, {3, 2, 2, 2}};

    static List<Arguments> backendsAndSeeds() {
        List<Arguments> arguments = new ArrayList<>();
        for (Backend backend : Backend.all()) {
            for (long seed = 1; seed <= GRAPHS; seed++) {
                arguments.add(Arguments.of(backend, seed));
            }
        }
        return arguments;
    }

    @ParameterizedTest(name = "{0}: graph {1}")
    @MethodSource("backendsAndSeeds")
    void planComputesWhatDirectEvaluationComputes(Backend backend, long seed) {
        RandomGraph graph = new RandomGraph(CounterRandom.of(seed, "graph"));
        Map<String, Tensor> wanted = graph.wanted();
        Map<String, SDVariable> variables = new LinkedHashMap<>();
        wanted.forEach((name, tensor) -> variables.put(name, tensor.variable()));
        Plan plan = new PlanCompiler().compile(graph.sameDiff, variables, graph.parameters.keySet());

        PlanRunner runner = backend.factory().apply(plan);
        graph.parameters.forEach(runner::setParameter);
        runner.run();

        wanted.forEach((name, tensor) -> {
            double scale = Math.max(
                    1, Arrays.stream(tensor.values()).map(Math::abs).max().orElseThrow());
            assertThat(runner.result(name)).as(name).containsExactly(tensor.values(), within(1e-5 * scale));
        });
    }

    /** A value of the graph with its numbers. */
    private record Tensor(SDVariable variable, double[] values, long[] shape) {}

    /** A graph that grows by one random operation at a time. */
    private static final class RandomGraph {
        private final SameDiff sameDiff = SameDiff.create();
        private final RandomGenerator random;
        private final Map<String, double[]> parameters = new LinkedHashMap<>();
        private final List<Tensor> tensors = new ArrayList<>();

        RandomGraph(RandomGenerator random) {
            this.random = random;
            for (int i = 0; i < PARAMETERS; i++) {
                long[] shape = SHAPES[0];
                String name = "p" + i;
                double[] values = RandomInputs.reals(name, Math.toIntExact(Shape.elements(shape)));
                parameters.put(name, values);
                tensors.add(new Tensor(sameDiff.placeHolder(name, DataType.FLOAT, shape), values, shape));
            }
            for (int i = 0; i < OPERATIONS; i++) {
                tensors.add(next());
            }
        }

        /** The last value, and some of the others. */
        Map<String, Tensor> wanted() {
            Map<String, Tensor> wanted = new LinkedHashMap<>();
            for (int i = PARAMETERS; i < tensors.size(); i++) {
                if (i == tensors.size() - 1 || random.nextInt(4) == 0) {
                    wanted.put("r" + i, tensors.get(i));
                }
            }
            return wanted;
        }

        private Tensor next() {
            // half of the time the youngest value, so that chains grow
            int youngest = tensors.size() - 1;
            Tensor x = tensors.get(random.nextBoolean() ? youngest : random.nextInt(tensors.size()));
            return switch (random.nextInt(5)) {
                case 0 -> binary(x, partner(x), true);
                case 1 -> binary(x, partner(x), false);
                case 2 -> reshaped(x);
                case 3 -> permuted(x);
                default -> negated(x);
            };
        }

        private Tensor partner(Tensor x) {
            List<Tensor> fitting = tensors.stream()
                    .filter(other -> Arrays.equals(other.shape(), x.shape()))
                    .toList();
            return fitting.get(random.nextInt(fitting.size()));
        }

        private static Tensor binary(Tensor x, Tensor y, boolean adds) {
            DoubleBinaryOperator operator = adds ? Double::sum : (a, b) -> a * b;
            double[] values = new double[x.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = operator.applyAsDouble(x.values()[i], y.values()[i]);
            }
            SDVariable variable =
                    adds ? x.variable().add(y.variable()) : x.variable().mul(y.variable());
            return new Tensor(variable, values, x.shape());
        }

        private Tensor negated(Tensor x) {
            double[] values = new double[x.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = -x.values()[i];
            }
            return new Tensor(sameDiff.math().neg(x.variable()), values, x.shape());
        }

        private Tensor reshaped(Tensor x) {
            long[] shape = SHAPES[random.nextInt(SHAPES.length)];
            return new Tensor(x.variable().reshape(shape), x.values(), shape);
        }

        private Tensor permuted(Tensor x) {
            int rank = x.shape().length;
            int[] permutation = new int[rank];
            for (int i = 0; i < rank; i++) {
                int place = random.nextInt(i + 1);
                permutation[i] = permutation[place];
                permutation[place] = i;
            }
            long[] strides = Shape.contiguousStrides(x.shape());
            long[] shape = new long[rank];
            for (int i = 0; i < rank; i++) {
                shape[i] = x.shape()[permutation[i]];
            }
            double[] values = new double[x.values().length];
            for (int i = 0; i < values.length; i++) {
                int rest = i;
                long place = 0;
                for (int axis = rank - 1; axis >= 0; axis--) {
                    place += rest % shape[axis] * strides[permutation[axis]];
                    rest /= (int) shape[axis];
                }
                values[i] = x.values()[(int) place];
            }
            return new Tensor(x.variable().permute(permutation), values, shape);
        }
    }
}
