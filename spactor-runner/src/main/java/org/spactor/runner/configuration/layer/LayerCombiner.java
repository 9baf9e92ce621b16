package org.spactor.runner.configuration.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.commons.configuration2.tree.NodeCombiner;

/**
 * Lays a layer over the ones below it. Mappings are combined key by key, single elements go into the list below, and
 * everything else replaces what is below as a whole.
 *
 * <p>A layer that names another component than the layers below takes nothing of the options given there: they are the
 * other component's.
 */
final class LayerCombiner extends NodeCombiner {
    private static final String NAME = "name";
    private static final String OPTIONS = "options";

    /** Unlike in Commons Configuration's own combiners, the second node wins: layers are added from the bottom. */
    @Override
    public ImmutableNode combine(ImmutableNode lower, ImmutableNode upper) {
        Shape above = Nodes.shape(upper);
        Shape below = Nodes.shape(lower);
        if (above == Shape.MAPPING && below == Shape.MAPPING) {
            return combineChildren(namesAnother(lower, upper) ? without(lower, OPTIONS) : lower, upper);
        }
        if (above == Shape.ELEMENTS && (below == Shape.LIST || below == Shape.ELEMENTS)) {
            return combineChildren(lower, upper);
        }
        return upper;
    }

    private ImmutableNode combineChildren(ImmutableNode lower, ImmutableNode upper) {
        Map<String, ImmutableNode> children = new LinkedHashMap<>();
        for (ImmutableNode child : lower) {
            children.put(child.getNodeName(), child);
        }
        for (ImmutableNode child : upper) {
            children.merge(child.getNodeName(), child, this::combine);
        }
        return lower.replaceChildren(children.values());
    }

    private static boolean namesAnother(ImmutableNode lower, ImmutableNode upper) {
        Optional<String> below = name(lower);
        Optional<String> above = name(upper);
        return below.isPresent() && above.isPresent() && !below.equals(above);
    }

    private static Optional<String> name(ImmutableNode node) {
        List<ImmutableNode> names = node.getChildren(NAME);
        return names.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable((String) names.get(0).getValue());
    }

    private static ImmutableNode without(ImmutableNode node, String name) {
        List<ImmutableNode> kept = new ArrayList<>(node.getChildren());
        kept.removeIf(child -> child.getNodeName().equals(name));
        return node.replaceChildren(kept);
    }
}
