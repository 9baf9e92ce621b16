package org.spactor.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Plan;

/** Runs the same training plan with the same random numbers on the reference backend and on another one. */
public final class KernelComparison {
    private KernelComparison() {}

    /** All results of a graph's training plan. The other backend runs it twice, since nothing may be left of a run. */
    public static List<Result> compare(GraphCase graphCase, Backend backend) {
        ModelGraph graph = graphCase.declare(true);
        return compare(graphCase, graph, new PlanCompiler().training(graph), backend);
    }

    /** All results of a graph's evaluation plan, in which there is no backward pass that reads what came before. */
    public static List<Result> compareEvaluation(GraphCase graphCase, Backend backend) {
        ModelGraph graph = graphCase.declare(false);
        return compare(graphCase, graph, new PlanCompiler().evaluation(graph), backend);
    }

    private static List<Result> compare(GraphCase graphCase, ModelGraph graph, Plan plan, Backend backend) {
        return compare(plan, backend, RandomInputs.of(graphCase, graph)::feed);
    }

    /** All results of a plan, with inputs that somebody else gives. */
    public static List<Result> compare(Plan plan, Backend backend, Consumer<PlanRunner> inputs) {
        PlanRunner reference = new ReferencePlan(plan);
        inputs.accept(reference);
        reference.run();
        PlanRunner other = backend.factory().apply(plan);
        inputs.accept(other);
        other.run();
        other.run();
        List<Result> results = new ArrayList<>();
        for (String name : plan.results().keySet()) {
            results.add(new Result(name, reference.result(name), other.result(name)));
        }
        return results;
    }

    /**
     * A result of both backends.
     *
     * @param name of the result
     * @param expected on the reference backend
     * @param actual on the other one
     */
    public record Result(String name, double[] expected, double[] actual) {
        /** Greatest difference relative to the greatest element; infinite if the lengths differ or a number is NaN. */
        public double error() {
            if (expected.length != actual.length) {
                return Double.POSITIVE_INFINITY;
            }
            double scale = 1e-3;
            double difference = 0;
            for (int i = 0; i < expected.length; i++) {
                double distance = Math.abs(expected[i] - actual[i]);
                difference = Math.max(difference, Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance);
                scale = Math.max(scale, Math.abs(expected[i]));
            }
            return difference / scale;
        }
    }
}
