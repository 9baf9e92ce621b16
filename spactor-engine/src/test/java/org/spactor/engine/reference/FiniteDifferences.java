package org.spactor.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;

/**
 * Compares the gradients of a training plan with (f(x + h) − f(x − h)) / 2h, both on the reference backend; f is the
 * sum of weight × sum over the losses, from the evaluation plan.
 */
public final class FiniteDifferences {
    private static final double STEP = 1e-5;

    /** Where rounding still leaves the digits that are compared. */
    private static final double SHORT_STEP = STEP / 64;

    private static final double CLOSE = 1e-6;

    /** Of larger parameters only so many elements, chosen at random, are compared. */
    private static final int ELEMENTS = 40;

    private final ModelGraph graph;
    private final RandomInputs inputs;
    private final PlanRunner evaluation;

    private FiniteDifferences(ModelGraph graph, RandomInputs inputs, Kernels kernels) {
        this.graph = graph;
        this.inputs = inputs;
        this.evaluation = new ReferencePlan(new PlanCompiler().evaluation(graph), kernels);
    }

    /** Compares every parameter of a graph. */
    public static List<Difference> of(GraphCase graphCase) {
        return of(graphCase, Kernels.standard());
    }

    /** Compares every parameter of a graph, with kernels of one's own. */
    public static List<Difference> of(GraphCase graphCase, Kernels kernels) {
        ModelGraph graph = graphCase.declare(true);
        return new FiniteDifferences(graph, RandomInputs.of(graphCase, graph), kernels).compare(kernels);
    }

    /** Compares every parameter of a declared graph, at inputs of one's own. */
    public static List<Difference> of(ModelGraph graph, RandomInputs inputs) {
        Kernels kernels = Kernels.standard();
        return new FiniteDifferences(graph, inputs, kernels).compare(kernels);
    }

    private List<Difference> compare(Kernels kernels) {
        Plan plan = new PlanCompiler().training(graph);
        PlanRunner training = new ReferencePlan(plan, kernels);
        inputs.feed(training);
        training.run();
        inputs.feed(evaluation);
        List<Difference> differences = new ArrayList<>();
        for (String parameter : graph.parameters().keySet()) {
            double[] values = inputs.parameters().get(parameter);
            String result = PlanNames.gradientOf(parameter);
            double[] gradient =
                    plan.results().containsKey(result) ? training.result(result) : new double[values.length];
            for (int element : elements(parameter, values.length)) {
                differences.add(compare(parameter, values, element, gradient[element]));
            }
        }
        return differences;
    }

    /**
     * Takes a shorter step where the usual one disagrees: it may have gone across a kink, as relu has one, which a shorter one
     * does not reach. A gradient that is wrong is wrong at every step.
     */
    private Difference compare(String parameter, double[] values, int element, double gradient) {
        Difference usual = new Difference(parameter, element, gradient, slope(parameter, values, element, STEP));
        return usual.error() < CLOSE
                ? usual
                : new Difference(parameter, element, gradient, slope(parameter, values, element, SHORT_STEP));
    }

    private double slope(String parameter, double[] values, int element, double step) {
        double[] moved = values.clone();
        moved[element] = values[element] + step;
        double above = total(parameter, moved);
        moved[element] = values[element] - step;
        double below = total(parameter, moved);
        evaluation.setParameter(parameter, values);
        return (above - below) / (2 * step);
    }

    private double total(String parameter, double[] values) {
        evaluation.setParameter(parameter, values);
        evaluation.run();
        double total = 0;
        for (Map.Entry<String, double[]> weight : inputs.reals().entrySet()) {
            String loss = weight.getKey().substring(PlanNames.weightOf("").length());
            total += weight.getValue()[0] * evaluation.result(PlanNames.sumOf(loss))[0];
        }
        return total;
    }

    private static int[] elements(String parameter, int count) {
        int[] elements = new int[Math.min(count, ELEMENTS)];
        CounterRandom random = CounterRandom.of(0, parameter);
        for (int i = 0; i < elements.length; i++) {
            elements[i] = count <= ELEMENTS ? i : random.nextInt(count);
        }
        return elements;
    }

    /**
     * One element's gradient.
     *
     * @param parameter the parameter
     * @param element row-major index in it
     * @param gradient what the training plan says
     * @param numeric what the finite difference says
     */
    public record Difference(String parameter, int element, double gradient, double numeric) {
        /** Below this gradients are compared absolutely: the finite difference knows nothing of smaller ones. */
        private static final double SMALL = 1e-2;

        /** Relative error; NaN where either number is. */
        public double error() {
            double scale = Math.max(SMALL, Math.max(Math.abs(gradient), Math.abs(numeric)));
            return Math.abs(gradient - numeric) / scale;
        }
    }
}
