package org.spactor.engine.compile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.plan.Kinds;

/** The fourth stage, <i>rewrite</i>: replaces what autodiff writes clumsily by something equal that costs less. */
final class Rewriting {
    private Rewriting() {}

    static Listing rewrite(Listing listing, Precision precision) {
        Listing direct = gradientsOfPlainAdditionsAreTheGradient(listing);
        Listing fused = AdditionFusion.fuse(additionsOfZerosDoNothing(direct));
        return precision == Precision.BFLOAT16 ? BFloat16Operands.round(fused) : fused;
    }

    /** {@code add_bp} without broadcasting hands the gradient on unchanged, to both operands. */
    private static Listing gradientsOfPlainAdditionsAreTheGradient(Listing listing) {
        Map<Value, Value> substitutes = new HashMap<>();
        for (Node node : listing.nodes()) {
            if (!node.kind().equals(Kinds.STOCK_ADD_GRADIENT)) {
                continue;
            }
            Value gradient = node.inputs().get(2);
            boolean plain = node.outputs().stream().allMatch(output -> output.sameShapeAs(gradient));
            if (plain) {
                node.outputs().forEach(output -> substitutes.put(output, gradient));
            }
        }
        return listing.substituted(substitutes);
    }

    /** Autodiff adds zeros where an output of an operation is not used. */
    private static Listing additionsOfZerosDoNothing(Listing listing) {
        Set<Value> zeros = new HashSet<>();
        Map<Value, Value> substitutes = new HashMap<>();
        for (Node node : listing.nodes()) {
            if (node.kind().equals(Kinds.STOCK_ZEROS_LIKE)) {
                zeros.add(node.outputs().get(0));
            } else if (node.kind().equals(Kinds.STOCK_ADD)) {
                List<Value> terms = node.inputs();
                Value sum = node.outputs().get(0);
                if (zeros.contains(terms.get(0)) && terms.get(1).sameShapeAs(sum)) {
                    substitutes.put(sum, terms.get(1));
                } else if (zeros.contains(terms.get(1)) && terms.get(0).sameShapeAs(sum)) {
                    substitutes.put(sum, terms.get(0));
                }
            }
        }
        return listing.substituted(substitutes);
    }
}
