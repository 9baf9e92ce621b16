package org.spactor.runner.configuration.layer;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.spactor.runner.configuration.problem.Problems;
import org.spactor.runner.configuration.problem.ValueOrigin;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML into nodes that know their lines. Scalars stay as they were written: what {@code 1e-4} or {@code no} means
 * is for the option they are bound to. A key without a value is as if it were not there.
 */
final class YamlReader {
    /** Characters of a text. */
    static final int LONGEST = 1_000_000;

    private static final int DEEPEST = 50;
    private static final int MOST_NODES = 20_000;

    private final IntFunction<ValueOrigin> origins;
    private final Problems problems;
    private final Set<Node> enclosing = new HashSet<>();
    private int nodes;

    /**
     * A reader for one text.
     *
     * @param origins the origin of what stands on a line, counted from 1
     */
    YamlReader(IntFunction<ValueOrigin> origins, Problems problems) {
        this.origins = origins;
        this.problems = problems;
    }

    /** Reads a document that must be a mapping. Adds to the problems and returns what could be read. */
    ImmutableNode readDocument(String text) {
        Node document = compose("", text);
        if (document == null || isNothing(document)) {
            return Nodes.emptyMapping();
        }
        if (!(document instanceof MappingNode)) {
            problems.add("", "expected a mapping of keys such as 'training:' at the top", origin(document));
            return Nodes.emptyMapping();
        }
        return convert("", null, document, origin(document));
    }

    /** Reads the value of a key; null if it is none. */
    ImmutableNode readValue(String key, String text) {
        Node value = compose(key, text);
        return value == null || isNothing(value) ? null : convert(key, null, value, origin(value));
    }

    private Node compose(String key, String text) {
        try {
            return new Yaml(limits()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(key, "not valid YAML: " + e.getProblem(), origins.apply(line));
        } catch (YAMLException e) {
            problems.add(key, "not valid YAML: " + e.getMessage(), origins.apply(0));
        }
        return null;
    }

    private static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LONGEST);
        limits.setNestingDepthLimit(DEEPEST);
        return limits;
    }

    /** Aliases of aliases are few nodes in the text and without bound once they are written out. */
    private boolean isTooMuch(String key, ValueOrigin origin) {
        nodes++;
        if (nodes == MOST_NODES + 1) {
            problems.add(
                    key,
                    "more than " + MOST_NODES + " keys and values with what aliases (*name) stand for. Write out what"
                            + " is needed, without aliases of aliases",
                    origin);
        }
        return nodes > MOST_NODES;
    }

    private ImmutableNode convert(String key, String name, Node node, ValueOrigin origin) {
        if (isTooMuch(key, origin)) {
            return Nodes.emptyMapping().setName(name);
        }
        if (node instanceof ScalarNode scalar) {
            return Nodes.scalar(name, scalar.getValue(), origin);
        }
        if (!enclosing.add(node)) {
            problems.add(key, "refers to what encloses it", origin);
            return Nodes.emptyMapping().setName(name);
        }
        ImmutableNode converted = node instanceof SequenceNode list
                ? convertList(key, name, list, origin)
                : convertMapping(key, name, (MappingNode) node, origin);
        enclosing.remove(node);
        return converted;
    }

    private ImmutableNode convertList(String key, String name, SequenceNode list, ValueOrigin origin) {
        List<ImmutableNode> elements = new ArrayList<>();
        for (Node element : list.getValue()) {
            if (nodes > MOST_NODES) {
                break;
            }
            String index = String.valueOf(elements.size());
            String elementKey = key + "[" + index + "]";
            if (isNothing(element)) {
                problems.add(elementKey, "is empty", origin(element));
                elements.add(Nodes.scalar(index, "", origin(element)));
            } else {
                elements.add(convert(elementKey, index, element, origin(element)));
            }
        }
        return Nodes.parent(name, Shape.LIST, elements, origin);
    }

    private ImmutableNode convertMapping(String key, String name, MappingNode mapping, ValueOrigin origin) {
        Map<String, ImmutableNode> children = new LinkedHashMap<>();
        Map<String, ValueOrigin> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (nodes > MOST_NODES) {
                break;
            }
            ValueOrigin keyOrigin = origin(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(key, "a key must be a word", keyOrigin);
                continue;
            }
            String childName = keyNode.getValue();
            String childKey = key.isEmpty() ? childName : key + "." + childName;
            ValueOrigin first = keys.putIfAbsent(childName, keyOrigin);
            if (first != null) {
                problems.add(childKey, "given twice, the first time at " + first, keyOrigin);
            } else if (childName.contains(".")) {
                problems.add(childKey, nestingAdvice(childName), keyOrigin);
            } else if (!isNothing(tuple.getValueNode())) {
                children.put(childName, convert(childKey, childName, tuple.getValueNode(), keyOrigin));
            }
        }
        return Nodes.parent(name, Shape.MAPPING, List.copyOf(children.values()), origin);
    }

    private static String nestingAdvice(String name) {
        int dot = name.lastIndexOf('.');
        return "keys are nested in a file: write '" + name.substring(dot + 1) + "' below '" + name.substring(0, dot)
                + "'";
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private ValueOrigin origin(Node node) {
        return origins.apply(node.getStartMark().getLine() + 1);
    }
}
