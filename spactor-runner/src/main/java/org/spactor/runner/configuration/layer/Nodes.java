package org.spactor.runner.configuration.layer;

import java.util.List;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.spactor.runner.configuration.problem.ValueOrigin;

/**
 * How a layer is kept in Commons Configuration's nodes: every node carries its shape and its origin as attributes, and
 * the elements of a list are children named by their index, so that a single element can be overridden.
 */
final class Nodes {
    private static final String SHAPE = "shape";
    private static final String ORIGIN = "origin";

    private Nodes() {}

    static ImmutableNode scalar(String name, String text, ValueOrigin origin) {
        return builder(name, Shape.SCALAR, origin).value(text).create();
    }

    static ImmutableNode parent(String name, Shape shape, List<ImmutableNode> children, ValueOrigin origin) {
        return builder(name, shape, origin).addChildren(children).create();
    }

    static ImmutableNode emptyMapping() {
        return parent(null, Shape.MAPPING, List.of(), ValueOrigin.DEFAULT);
    }

    /** The shape of a node; one without the attribute is a root that Commons Configuration made. */
    static Shape shape(ImmutableNode node) {
        Object shape = node.getAttributes().get(SHAPE);
        return shape == null ? Shape.MAPPING : (Shape) shape;
    }

    static ValueOrigin origin(ImmutableNode node) {
        Object origin = node.getAttributes().get(ORIGIN);
        return origin == null ? ValueOrigin.DEFAULT : (ValueOrigin) origin;
    }

    private static ImmutableNode.Builder builder(String name, Shape shape, ValueOrigin origin) {
        return new ImmutableNode.Builder().name(name).addAttribute(SHAPE, shape).addAttribute(ORIGIN, origin);
    }
}
