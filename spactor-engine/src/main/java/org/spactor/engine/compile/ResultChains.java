package org.spactor.engine.compile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.op.Traits;
import org.spactor.engine.plan.Instruction;

/**
 * Which values are on their way to become a result: those to which one operation after the other adds a term. They can be
 * computed where the result will be.
 */
final class ResultChains {
    private final Map<Value, Value> results = new HashMap<>();
    private final Map<Value, Value> roots = new HashMap<>();

    private ResultChains() {}

    static ResultChains of(Listing listing) {
        Map<Value, Node> producers = new HashMap<>();
        Map<Value, Integer> readers = new HashMap<>();
        for (Node node : listing.nodes()) {
            node.outputs().forEach(output -> producers.put(output, node));
            node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        ResultChains chains = new ResultChains();
        Set<Value> seen = new HashSet<>();
        for (Value result : listing.results().values()) {
            // a value that is two results is copied for the second one
            if (seen.add(result)) {
                chains.follow(result, listing, producers, readers);
            }
        }
        return chains;
    }

    private void follow(Value result, Listing listing, Map<Value, Node> producers, Map<Value, Integer> readers) {
        Value value = result;
        Node producer = producers.get(value);
        while (producer != null
                && producer.attributes().values().containsKey(Instruction.ADDS)
                && producer.outputs().get(0).equals(value)) {
            Value addend = producer.inputs().get(producer.inputs().size() - 1);
            Node before = producers.get(addend);
            boolean own = before != null
                    && before.traits().view() == Traits.View.NONE
                    && readers.get(addend) == 1
                    && !listing.results().containsValue(addend)
                    && addend.type() == result.type()
                    && addend.sameShapeAs(result);
            if (!own) {
                break;
            }
            results.put(addend, result);
            value = addend;
            producer = before;
        }
        roots.put(result, value);
    }

    /** The result in whose place a value is computed, or null. */
    Value resultOf(Value value) {
        return results.get(value);
    }

    /** The first value of the chain that ends in a result: the result itself if there is none before. */
    Value rootOf(Value result) {
        return roots.getOrDefault(result, result);
    }
}
