package org.spactor.engine.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.op.Traits;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/**
 * Lets a plan add its gradients to those of the run before: the operation that writes a gradient first starts from what is
 * there, if it can; else an instruction of its own adds.
 */
final class GradientAccumulation {
    private GradientAccumulation() {}

    /**
     * Marks the operations.
     *
     * @param gradients names of the results to accumulate
     */
    static Listing mark(Listing listing, Set<String> gradients) {
        ResultChains chains = ResultChains.of(listing);
        Map<Value, Node> producers = new HashMap<>();
        listing.nodes().forEach(node -> node.outputs().forEach(output -> producers.put(output, node)));
        Map<Node, Node> marked = new HashMap<>();
        List<Node> added = new ArrayList<>();
        Map<String, Value> results = new LinkedHashMap<>(listing.results());
        for (String name : gradients) {
            Value gradient = listing.results().get(name);
            Value root = chains.rootOf(gradient);
            Node producer = producers.get(root);
            int output = producer == null ? -1 : producer.outputs().indexOf(root);
            // what adds to an output cannot also start from what is there: it would take that for the addend
            boolean adds = producer != null && producer.attributes().values().containsKey(Instruction.ADDS);
            boolean starts = producer != null
                    && producer.traits().accumulating().contains(output)
                    && !(adds && output == 0)
                    && !isReadElsewhere(gradient, name, listing);
            if (starts) {
                marked.put(producer, accumulating(producer));
            } else {
                Value sum = new Value(name + "/sum", gradient.type(), gradient.shape(), new Value.Origin.Computed());
                Attributes attributes = Attributes.NONE.with(Instruction.ACCUMULATES, true);
                added.add(new Node(
                        Kinds.ACCUMULATE,
                        name,
                        List.of(gradient),
                        List.of(sum),
                        attributes,
                        0,
                        Traits.NONE,
                        OperandNames.NONE));
                results.put(name, sum);
            }
        }
        List<Node> nodes = new ArrayList<>();
        listing.nodes().forEach(node -> nodes.add(marked.getOrDefault(node, node)));
        nodes.addAll(added);
        return new Listing(nodes, results);
    }

    /** Whether a gradient is also read by an operation, or under another name. */
    private static boolean isReadElsewhere(Value gradient, String name, Listing listing) {
        boolean byNode = listing.nodes().stream().anyMatch(node -> node.inputs().contains(gradient));
        boolean byName = listing.results().entrySet().stream()
                .anyMatch(result ->
                        result.getValue().equals(gradient) && !result.getKey().equals(name));
        return byNode || byName;
    }

    private static Node accumulating(Node node) {
        return new Node(
                node.kind(),
                node.name(),
                node.inputs(),
                node.outputs(),
                node.attributes().with(Instruction.ACCUMULATES, true),
                node.flops(),
                node.traits(),
                node.names());
    }
}
