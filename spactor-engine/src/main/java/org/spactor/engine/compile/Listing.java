package org.spactor.engine.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph as a list of operations in an order in which they can run.
 *
 * @param nodes operations, each after those whose outputs it reads
 * @param results the values wanted, by name
 */
record Listing(List<Node> nodes, Map<String, Value> results) {
    Listing {
        nodes = List.copyOf(nodes);
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }

    /** This listing without the operations that no result needs. */
    Listing pruned() {
        Map<Value, Node> producers = new HashMap<>();
        for (Node node : nodes) {
            node.outputs().forEach(output -> producers.put(output, node));
        }
        Set<Node> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Value> seen = new HashSet<>();
        Deque<Value> open = new ArrayDeque<>(results.values());
        while (!open.isEmpty()) {
            Value value = open.pop();
            Node producer = producers.get(value);
            if (seen.add(value) && producer != null && needed.add(producer)) {
                open.addAll(producer.inputs());
            }
        }
        List<Node> kept = new ArrayList<>();
        for (Node node : nodes) {
            if (needed.contains(node)) {
                kept.add(node);
            }
        }
        return new Listing(kept, results);
    }

    /** This listing with some values replaced by others wherever they are read, and pruned. */
    Listing substituted(Map<Value, Value> substitutes) {
        List<Node> changed = new ArrayList<>();
        for (Node node : nodes) {
            List<Value> inputs = new ArrayList<>();
            node.inputs().forEach(input -> inputs.add(follow(substitutes, input)));
            changed.add(node.withInputs(inputs));
        }
        Map<String, Value> renamed = new LinkedHashMap<>();
        results.forEach((name, value) -> renamed.put(name, follow(substitutes, value)));
        return new Listing(changed, renamed).pruned();
    }

    private static Value follow(Map<Value, Value> substitutes, Value value) {
        Value current = value;
        while (substitutes.containsKey(current)) {
            current = substitutes.get(current);
        }
        return current;
    }
}
