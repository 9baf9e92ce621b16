package org.spactor.engine.graph;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The second stage, <i>differentiate</i>: SameDiff's own autodiff, once.
 *
 * @param graph forward and backward operations together
 * @param gradients the gradient of every parameter on which the losses depend, by the parameter's name
 */
public record Differentiation(SameDiff graph, Map<String, SDVariable> gradients) {
    private static final String GRADIENT_FUNCTION = "grad";

    /** Differentiates the weighted sum of a graph's losses with respect to all its parameters. */
    public static Differentiation of(ModelGraph model) {
        SDVariable total = model.total();
        total.markAsLoss();
        String[] parameters = model.parameters().keySet().toArray(String[]::new);
        return of(model.sameDiff(), parameters);
    }

    /** Differentiates a graph's marked loss with respect to the named variables. */
    public static Differentiation of(SameDiff forward, String... names) {
        quietly(() -> forward.createGradFunction(names));
        SameDiff graph = forward.getFunction(GRADIENT_FUNCTION);
        Map<String, SDVariable> gradients = new LinkedHashMap<>();
        for (String name : names) {
            SDVariable gradient = graph.getVariable(name).gradient();
            if (gradient != null) {
                gradients.put(name, gradient);
            }
        }
        return new Differentiation(graph, gradients);
    }

    /** SameDiff prints a line for every operation that it differentiates. */
    private static void quietly(Runnable action) {
        PrintStream original = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(original);
        }
    }
}
