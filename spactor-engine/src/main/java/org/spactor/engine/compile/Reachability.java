package org.spactor.engine.compile;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Which operations of a SameDiff graph some variables depend on. */
final class Reachability {
    private Reachability() {}

    /** Names of the operations that the variables need. */
    static Set<String> of(SameDiff graph, Collection<SDVariable> wanted) {
        Set<String> operations = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        wanted.forEach(variable -> open.push(variable.name()));
        while (!open.isEmpty()) {
            String operation = graph.getVariables().get(open.pop()).getOutputOfOp();
            if (operation != null && operations.add(operation)) {
                List<String> inputs = graph.getOps().get(operation).getInputsToOp();
                if (inputs != null) {
                    inputs.forEach(open::push);
                }
            }
        }
        return operations;
    }
}
