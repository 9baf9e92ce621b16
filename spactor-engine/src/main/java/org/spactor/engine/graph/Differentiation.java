package org.spactor.engine.graph;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The second stage, <i>differentiate</i>: SameDiff's own autodiff, once.
 *
 * @param graph forward and backward operations together
 * @param gradients the gradient of every parameter on which the losses depend, by the parameter's name
 */
public record Differentiation(SameDiff graph, Map<String, SDVariable> gradients) {
    /** SameDiff's name for the gradient of the loss itself: a variable that is 1. */
    public static final String GRADIENT_OF_LOSS = "one-var";

    private static final String GRADIENT_FUNCTION = "grad";

    /**
     * Differentiates the weighted sum of a graph's losses with respect to all its parameters.
     *
     * @throws GraphException if there is no loss, or none of them depends on a parameter
     */
    public static Differentiation of(ModelGraph model) {
        SDVariable total = model.total();
        if (!dependsOnAny(total, model)) {
            throw new GraphException("none of the losses " + model.losses().keySet()
                    + " depends on a parameter other than by whole numbers, through which no gradient flows, so that there"
                    + " is nothing to learn");
        }
        total.markAsLoss();
        String[] parameters = model.parameters().keySet().toArray(String[]::new);
        return of(model.sameDiff(), parameters);
    }

    /** Whether a gradient flows from a total to a parameter. */
    private static boolean dependsOnAny(SDVariable total, ModelGraph model) {
        SameDiff graph = model.sameDiff();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(total.name()));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (model.parameters().containsKey(name)) {
                return true;
            }
            boolean flows = graph.getVariable(name).dataType().isFPType();
            String operation = graph.getVariables().get(name).getOutputOfOp();
            if (flows && operation != null && seen.add(operation)) {
                open.addAll(graph.getOps().get(operation).getInputsToOp());
            }
        }
        return false;
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
