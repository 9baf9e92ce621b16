package org.spactor.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.objective.Objective;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.reference.FiniteDifferences;
import org.spactor.engine.reference.RandomInputs;
import org.spactor.engine.reference.ReferencePlan;

/**
 * A model on one batch, computed by the engine's reference backend in double precision, so that a gradient can be compared
 * with a finite difference. Parameters are random numbers that depend on their names alone.
 */
record Reference(Architecture architecture, Objective objective, Batch batch) {
    private static final double WEIGHT = 0.1;

    ModelGraph declare(Set<String> losses, boolean training) {
        ModelGraph graph = new ModelGraph(batch.lengths(), batch.vocabulary(), batch.batchSize(), training);
        objective.build(graph, architecture, losses);
        return graph;
    }

    /** The sum and the count of every loss. */
    Map<String, double[]> losses(Set<String> losses) {
        ModelGraph graph = declare(losses, false);
        ReferencePlan plan = new ReferencePlan(new PlanCompiler().evaluation(graph));
        inputs(graph).feed(plan);
        plan.run();
        Map<String, double[]> results = new LinkedHashMap<>();
        for (String loss : graph.losses().keySet()) {
            results.put(
                    loss,
                    new double[] {plan.result(PlanNames.sumOf(loss))[0], plan.result(PlanNames.countOf(loss))[0]});
        }
        return results;
    }

    /** Whether one of some losses that are active together depends on random numbers. */
    boolean drawsRandomNumbers(Set<String> losses, String loss) {
        ModelGraph graph = declare(losses, false);
        Plan plan = new PlanCompiler()
                .compile(
                        graph.sameDiff(),
                        Map.of(
                                PlanNames.sumOf(loss),
                                graph.variable(graph.losses().get(loss).sum())),
                        graph.parameters().keySet());
        return plan.buffers().stream()
                .anyMatch(buffer -> buffer.storage().equals(new Buffer.Storage.Input(PlanNames.RANDOM_KEY)));
    }

    /** The gradient of every parameter that has one. */
    Map<String, double[]> gradients(Set<String> losses) {
        ModelGraph graph = declare(losses, true);
        Plan compiled = new PlanCompiler().training(graph);
        ReferencePlan plan = new ReferencePlan(compiled);
        inputs(graph).feed(plan);
        plan.run();
        Map<String, double[]> gradients = new LinkedHashMap<>();
        for (String parameter : graph.parameters().keySet()) {
            String result = PlanNames.gradientOf(parameter);
            if (compiled.results().containsKey(result)) {
                gradients.put(parameter, plan.result(result));
            }
        }
        return gradients;
    }

    /** Gradients beside finite differences. */
    List<FiniteDifferences.Difference> differences(Set<String> losses) {
        ModelGraph graph = declare(losses, true);
        return FiniteDifferences.of(graph, inputs(graph));
    }

    private RandomInputs inputs(ModelGraph graph) {
        Map<String, double[]> parameters = new LinkedHashMap<>();
        for (ParameterSpecification parameter : graph.parameters().values()) {
            parameters.put(
                    parameter.name(), RandomInputs.reals(parameter.name(), Math.toIntExact(parameter.elements())));
        }
        Map<String, double[]> weights = new LinkedHashMap<>();
        for (String loss : graph.losses().keySet()) {
            weights.put(PlanNames.weightOf(loss), new double[] {WEIGHT});
        }
        Map<String, long[]> integers = new LinkedHashMap<>(batch.inputs());
        integers.put(PlanNames.RANDOM_KEY, new long[] {CounterRandom.key(0, "testkit")});
        return new RandomInputs(parameters, weights, integers);
    }
}
