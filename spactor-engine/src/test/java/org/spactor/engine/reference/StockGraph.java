package org.spactor.engine.reference;

import java.util.List;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.graph.ModelGraph;

/**
 * A small graph of SameDiff's own operations, which both a plan and SameDiff itself can execute.
 *
 * @param name what it shows
 * @param parameters shapes of the parameters p0, p1, …
 * @param output shape of what it computes
 * @param body from the parameters to the output
 */
public record StockGraph(String name, List<long[]> parameters, long[] output, Body body) {
    /** From parameters to an output. */
    @FunctionalInterface
    public interface Body {
        /** Declares the operations. */
        SDVariable declare(SameDiff graph, SDVariable[] parameters);
    }

    /** Name of a parameter. */
    public static String parameter(int index) {
        return "p" + index;
    }

    /** The output for parameters that a function makes. */
    public SDVariable declare(SameDiff graph, Function<Integer, SDVariable> parameter) {
        SDVariable[] variables = new SDVariable[parameters.size()];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = parameter.apply(i);
        }
        return body.declare(graph, variables);
    }

    /** The same as a case with a loss, for the tests that the engine's own operations have. */
    public GraphCase asCase() {
        return GraphCase.of(name, this::declareWithLoss);
    }

    private void declareWithLoss(ModelGraph graph) {
        SDVariable y = declare(
                graph.sameDiff(),
                i -> graph.variable(OperationGraphs.parameter(graph, parameter(i), parameters.get(i))));
        OperationGraphs.lossOf(graph, "loss", graph.value(y, output));
    }

    @Override
    public String toString() {
        return name;
    }
}
