package org.spactor.runner.configuration.layer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.spactor.runner.configuration.problem.ValueOrigin;

/** A place in a combined configuration: what is there, under which key, and where it was written. */
public final class ConfigurationNode {
    private final String key;
    private final ImmutableNode node;

    private ConfigurationNode(String key, ImmutableNode node) {
        this.key = key;
        this.node = node;
    }

    static ConfigurationNode root(ImmutableNode node) {
        return new ConfigurationNode("", node);
    }

    /** A place that no layer mentions: what is bound to it has its defaults. */
    public static ConfigurationNode absent(String key) {
        return new ConfigurationNode(key, null);
    }

    /** The full key, for instance {@code corruptors[0].options}; empty at the root. */
    public String key() {
        return key;
    }

    /** What is here. */
    public Shape shape() {
        if (node == null) {
            return Shape.ABSENT;
        }
        Shape shape = Nodes.shape(node);
        return shape == Shape.ELEMENTS ? Shape.LIST : shape;
    }

    /** Whether a layer mentions this place. */
    public boolean isPresent() {
        return node != null;
    }

    /** Where it was written; the default if it was not. */
    public ValueOrigin origin() {
        return node == null ? ValueOrigin.DEFAULT : Nodes.origin(node);
    }

    /** A scalar's text, as it was written. */
    public String text() {
        if (shape() != Shape.SCALAR) {
            throw new IllegalStateException(key + " is " + shape().label() + ", not a value");
        }
        return (String) node.getValue();
    }

    /** The keys of a mapping, from the lowest layer to the highest, and in each as written. Empty for other shapes. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (shape() == Shape.MAPPING) {
            for (ImmutableNode child : node) {
                names.add(child.getNodeName());
            }
        }
        return names;
    }

    /** A value of a mapping; absent if the mapping has none or if this is none. */
    public ConfigurationNode child(String name) {
        String childKey = key.isEmpty() ? name : key + "." + name;
        List<ImmutableNode> children = shape() == Shape.MAPPING ? node.getChildren(name) : List.of();
        return new ConfigurationNode(childKey, children.isEmpty() ? null : children.get(0));
    }

    /** The elements of a list, by their index. Empty for other shapes. */
    public List<ConfigurationNode> elements() {
        List<ConfigurationNode> elements = new ArrayList<>();
        if (shape() == Shape.LIST) {
            List<ImmutableNode> children = new ArrayList<>(node.getChildren());
            children.sort(Comparator.comparingInt(child -> Integer.parseInt(child.getNodeName())));
            for (ImmutableNode child : children) {
                elements.add(new ConfigurationNode(key + "[" + child.getNodeName() + "]", child));
            }
        }
        return elements;
    }

    /** What is under a key that starts here, for instance {@code corruptors[0].options.rate}; absent if nothing is. */
    public ConfigurationNode at(KeyPath path) {
        ConfigurationNode place = this;
        for (KeyPath.Step step : path.steps()) {
            place = step.index() ? place.element(step.name()) : place.child(step.name());
        }
        return place;
    }

    private ConfigurationNode element(String index) {
        List<ImmutableNode> children = shape() == Shape.LIST ? node.getChildren(index) : List.of();
        return new ConfigurationNode(key + "[" + index + "]", children.isEmpty() ? null : children.get(0));
    }
}
