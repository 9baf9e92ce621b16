package org.spactor.engine.reference;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spactor.api.corruption.Feature;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.plan.PlanNames;

/**
 * Everything that a plan reads, filled with numbers that depend on the names alone. Real numbers are float32 numbers,
 * so that backends of either precision compute on the same ones.
 *
 * @param parameters parameters by name
 * @param reals inputs of real numbers by name
 * @param integers inputs of integers by name
 */
public record RandomInputs(
        Map<String, double[]> parameters, Map<String, double[]> reals, Map<String, long[]> integers) {
    private static final long SEED = 17;

    /** Random inputs for a declared case. */
    public static RandomInputs of(GraphCase graphCase, ModelGraph graph) {
        Map<String, double[]> parameters = new LinkedHashMap<>();
        for (ParameterSpecification parameter : graph.parameters().values()) {
            parameters.put(parameter.name(), reals(parameter.name(), Math.toIntExact(parameter.elements())));
        }
        Map<String, double[]> reals = new LinkedHashMap<>();
        for (String loss : graph.losses().keySet()) {
            reals.put(PlanNames.weightOf(loss), new double[] {0.5 + 0.75 * reals.size()});
        }
        Map<String, long[]> integers = new LinkedHashMap<>();
        graph.features()
                .forEach((feature, value) ->
                        integers.put(PlanNames.inputOf(feature), integers(graph, feature, value.shape())));
        integers.put(PlanNames.RANDOM_KEY, new long[] {CounterRandom.key(SEED, "test")});
        integers.putAll(graphCase.integers());
        return new RandomInputs(parameters, reals, integers);
    }

    /** These inputs with other numbers for a parameter. */
    public RandomInputs withParameter(String name, double... values) {
        Map<String, double[]> changed = new LinkedHashMap<>(parameters);
        changed.put(name, values);
        return new RandomInputs(changed, reals, integers);
    }

    /** These inputs with another number for a loss's weight divided by its count. */
    public RandomInputs withWeight(String loss, double weight) {
        Map<String, double[]> changed = new LinkedHashMap<>(reals);
        changed.put(PlanNames.weightOf(loss), new double[] {weight});
        return new RandomInputs(parameters, changed, integers);
    }

    /** Uniform numbers within (−1, 1). */
    public static double[] reals(String purpose, int count) {
        CounterRandom random = CounterRandom.of(SEED, purpose);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return values;
    }

    /** Gives a runner all its inputs. */
    public void feed(PlanRunner runner) {
        parameters.forEach(runner::setParameter);
        reals.forEach(runner::setInput);
        integers.forEach(runner::setInput);
    }

    /** Numbers that a feature may hold, of which the n-th example has n places of padding at its end. */
    private static long[] integers(ModelGraph graph, Feature feature, long... shape) {
        int examples = (int) shape[0];
        int length = (int) shape[1];
        int padding = feature.padding(graph.vocabulary());
        int greatest = Math.toIntExact(graph.greatest(feature));
        CounterRandom random = CounterRandom.of(SEED, feature.name());
        long[] tokens = new long[examples * length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = random.nextInt(padding + 1, greatest + 1);
        }
        for (int example = 0; example < examples; example++) {
            int end = (example + 1) * length;
            Arrays.fill(tokens, end - Math.min(example, length), end, padding);
        }
        return tokens;
    }
}
