package org.spactor.engine.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;

/**
 * Lets operations that can do so add another term to what they compute, instead of an addition afterwards that reads and
 * writes everything once more: residual connections, and gradients that come together from several places.
 */
final class AdditionFusion {
    private final Listing listing;
    private final Map<Value, Integer> readers = new HashMap<>();
    private final Map<Value, Node> producers = new HashMap<>();
    private final Set<Node> moved = new HashSet<>();

    private AdditionFusion(Listing listing) {
        this.listing = listing;
    }

    static Listing fuse(Listing listing) {
        return new AdditionFusion(listing).fused();
    }

    private Listing fused() {
        for (Node node : listing.nodes()) {
            node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        listing.results().values().forEach(result -> readers.merge(result, 1, Integer::sum));
        List<Node> nodes = new ArrayList<>();
        for (Node node : listing.nodes()) {
            Node replacement = node.kind().equals(Kinds.STOCK_ADD) ? addition(node) : node;
            replacement.outputs().forEach(output -> producers.put(output, replacement));
            nodes.add(replacement);
        }
        nodes.removeIf(moved::contains);
        return new Listing(nodes, listing.results());
    }

    /** The addition, or the operation that makes one of its terms, adding the other one. */
    private Node addition(Node addition) {
        Value sum = addition.outputs().get(0);
        for (int term = 1; term >= 0; term--) {
            Value absorbed = addition.inputs().get(term);
            Value addend = addition.inputs().get(1 - term);
            Node producer = producers.get(absorbed);
            boolean plain = absorbed.sameShapeAs(sum) && addend.sameShapeAs(sum);
            if (plain && producer != null && takes(producer, absorbed)) {
                moved.add(producer);
                return adding(producer, addend, sum);
            }
        }
        return addition;
    }

    /** Only who reads the term through the addition alone may have it changed. */
    private boolean takes(Node producer, Value term) {
        boolean others = producer.outputs().stream().anyMatch(output -> !output.equals(term) && isReadByNodes(output));
        return producer.traits().takesAddend()
                && producer.outputs().get(0).equals(term)
                && readers.get(term) == 1
                && !moved.contains(producer)
                && !others;
    }

    /** A producer is moved to where the addition was, so nobody before may read its other outputs. */
    private boolean isReadByNodes(Value output) {
        return listing.nodes().stream().anyMatch(node -> node.inputs().contains(output));
    }

    private static Node adding(Node producer, Value addend, Value sum) {
        List<Value> inputs = new ArrayList<>(producer.inputs());
        inputs.add(addend);
        List<Value> outputs = new ArrayList<>(producer.outputs());
        outputs.set(0, sum);
        return new Node(
                producer.kind(),
                producer.name(),
                inputs,
                outputs,
                producer.attributes().with(Instruction.ADDS, true),
                producer.flops(),
                producer.traits().adding(inputs.size() - 1),
                producer.names().withAddend());
    }
}
