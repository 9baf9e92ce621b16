package org.spactor.engine.compile;

import java.util.List;
import java.util.Map;
import org.spactor.engine.plan.Attributes;

/**
 * An operation of a listing.
 *
 * @param kind name of the operation in plans
 * @param name its name in the SameDiff graph
 * @param inputs values read
 * @param outputs values written
 * @param attributes settings
 * @param flops floating-point operations in matrix products
 * @param traits what the placement may do with it
 */
record Node(
        String kind,
        String name,
        List<Value> inputs,
        List<Value> outputs,
        Attributes attributes,
        long flops,
        Traits traits) {

    Node withInputs(List<Value> changed) {
        return new Node(kind, name, changed, outputs, attributes, flops, traits);
    }

    /**
     * What the placement may do with a node.
     *
     * @param inPlace which input's memory an output may overwrite: index of the input by index of the output
     * @param view whether the node only looks at its first input in another way
     * @param readsStrides whether its inputs may be views that are not contiguous
     */
    record Traits(Map<Integer, Integer> inPlace, View view, boolean readsStrides) {}

    /** How a node that computes nothing looks at its first input. */
    enum View {
        /** It is not a view: it computes. */
        NONE,
        /** The same elements in the same order under another shape. */
        RESHAPE,
        /** The sides in another order, given by the attribute {@code permutation}. */
        PERMUTE
    }
}
