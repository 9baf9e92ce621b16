package org.spactor.engine.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.op.Traits;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.PlanNames;

/**
 * Rounds the operands of matrix products to bfloat16. A value is rounded once, however many products read it. What a
 * product makes and only products read is written as bfloat16 from the start. Parameters are not rounded here: the plan
 * reads rounded copies of them, which whoever runs the plan keeps up to date.
 *
 * <p>Source: Micikevicius et al., <i>Mixed precision training</i>, 2018, with bfloat16, which needs no scaling of the loss
 * (Kalamkar et al., <i>A study of bfloat16 for deep learning training</i>, 2019).
 */
final class BFloat16Operands {
    private final Listing listing;
    private final Set<Value> readAsTheyAre = new HashSet<>();
    private final Map<Value, Value> rounded = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private BFloat16Operands(Listing listing) {
        this.listing = listing;
    }

    static Listing round(Listing listing) {
        return new BFloat16Operands(listing).rounded();
    }

    private Listing rounded() {
        readAsTheyAre.addAll(listing.results().values());
        for (Node node : listing.nodes()) {
            for (int i = 0; i < node.inputs().size(); i++) {
                if (!node.traits().operands().contains(i)) {
                    readAsTheyAre.add(node.inputs().get(i));
                }
            }
        }
        listing.nodes().forEach(this::add);
        return new Listing(nodes, new LinkedHashMap<>(listing.results()));
    }

    private void add(Node node) {
        List<Value> inputs = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            Value input = node.inputs().get(i);
            inputs.add(node.traits().operands().contains(i) ? rounded(input) : input);
        }
        List<Value> outputs = new ArrayList<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            Value output = node.outputs().get(i);
            boolean direct = node.traits().products().contains(i)
                    && !readAsTheyAre.contains(output)
                    && !node.traits().inPlace().containsKey(i);
            if (direct) {
                output = new Value(output.name(), ElementType.BFLOAT16, output.shape(), output.origin());
                rounded.put(output, output);
            }
            outputs.add(output);
        }
        nodes.add(new Node(
                node.kind(),
                node.name(),
                inputs,
                outputs,
                node.attributes(),
                node.flops(),
                node.traits(),
                node.names()));
    }

    private Value rounded(Value value) {
        Value known = rounded.get(value);
        if (known != null) {
            return known;
        }
        Value copy = new Value(
                PlanNames.roundedOf(value.name()),
                ElementType.BFLOAT16,
                value.shape(),
                value.origin() instanceof Value.Origin.Parameter ? value.origin() : new Value.Origin.Computed());
        rounded.put(value, copy);
        if (copy.origin() instanceof Value.Origin.Computed) {
            nodes.add(new Node(
                    Kinds.TO_BFLOAT16,
                    value.name(),
                    List.of(value),
                    List.of(copy),
                    Attributes.NONE,
                    0,
                    Traits.NONE,
                    OperandNames.NONE));
        }
        return copy;
    }
}
