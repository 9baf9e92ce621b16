package org.spactor.engine.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.plan.Kinds;

/**
 * Lets the backward pass compute again what a block computed, so that it does not have to be kept: the operations between
 * two block ends whose values the backward pass reads are copied to where it reads the first of them, and read from there.
 * Values that other blocks read too are kept; so is everything outside of blocks.
 *
 * <p>Source: Chen et al., <i>Training deep nets with sublinear memory cost</i>, 2016.
 */
final class Recomputation {
    private static final String SUFFIX = "/again";

    private final Listing listing;
    /** The operations that losses and metrics need; the others are the backward pass. */
    private final Set<Node> forward = Collections.newSetFromMap(new IdentityHashMap<>());
    /** The block of every forward operation that is in one: number of the block end behind it. */
    private final Map<Node, Integer> blocks = new IdentityHashMap<>();

    private final Map<Value, Node> producers = new HashMap<>();

    private Recomputation(Listing listing) {
        this.listing = listing;
    }

    /**
     * Rewrites a listing.
     *
     * @param gradients names of the results that only the backward pass makes
     */
    static Listing ofBlocks(Listing listing, Collection<String> gradients) {
        return new Recomputation(listing).recomputed(gradients);
    }

    private Listing recomputed(Collection<String> gradients) {
        Map<String, Value> wanted = new HashMap<>(listing.results());
        wanted.keySet().removeAll(gradients);
        forward.addAll(new Listing(listing.nodes(), wanted).pruned().nodes());
        listing.nodes().forEach(node -> node.outputs().forEach(output -> producers.put(output, node)));
        findBlocks();
        Set<Node> again = repeatable();
        List<Node> nodes = new ArrayList<>();
        Map<Value, Value> copies = new HashMap<>();
        Set<Integer> done = new HashSet<>();
        for (Node node : listing.nodes()) {
            if (forward.contains(node)) {
                nodes.add(node);
                continue;
            }
            for (Value input : node.inputs()) {
                Node producer = producers.get(input);
                if (again.contains(producer) && done.add(blocks.get(producer))) {
                    repeat(blocks.get(producer), again, nodes, copies);
                }
            }
            nodes.add(node.withInputs(substituted(node.inputs(), copies)));
        }
        return new Listing(nodes, listing.results()).pruned();
    }

    /** A block begins behind one block end and ends with the next one. */
    private void findBlocks() {
        int ends = 0;
        List<Node> open = new ArrayList<>();
        for (Node node : listing.nodes()) {
            if (!forward.contains(node)) {
                continue;
            }
            if (node.kind().equals(Kinds.BLOCK_END)) {
                if (ends > 0) {
                    for (Node inside : open) {
                        blocks.put(inside, ends);
                    }
                }
                ends++;
                open.clear();
            } else {
                open.add(node);
            }
        }
    }

    /** The operations of blocks whose values nobody needs but their own block and the backward pass. */
    private Set<Node> repeatable() {
        Set<Node> again = Collections.newSetFromMap(new IdentityHashMap<>());
        again.addAll(blocks.keySet());
        listing.results().values().forEach(result -> again.remove(producers.get(result)));
        for (Node reader : listing.nodes()) {
            if (!forward.contains(reader)) {
                continue;
            }
            for (Value input : reader.inputs()) {
                Node producer = producers.get(input);
                boolean leavesBlock = producer != null
                        && blocks.containsKey(producer)
                        && !blocks.get(producer).equals(blocks.get(reader));
                if (leavesBlock) {
                    again.remove(producer);
                }
            }
        }
        return again;
    }

    private void repeat(int block, Set<Node> again, List<Node> nodes, Map<Value, Value> copies) {
        for (Node node : listing.nodes()) {
            if (again.contains(node) && blocks.get(node) == block) {
                List<Value> outputs = new ArrayList<>();
                for (Value output : node.outputs()) {
                    Value copy = new Value(output.name() + SUFFIX, output.type(), output.shape(), output.origin());
                    copies.put(output, copy);
                    outputs.add(copy);
                }
                nodes.add(new Node(
                        node.kind(),
                        node.name(),
                        substituted(node.inputs(), copies),
                        outputs,
                        node.attributes(),
                        node.flops(),
                        node.traits(),
                        node.names()));
            }
        }
    }

    private static List<Value> substituted(List<Value> values, Map<Value, Value> copies) {
        return values.stream().map(value -> copies.getOrDefault(value, value)).toList();
    }
}
