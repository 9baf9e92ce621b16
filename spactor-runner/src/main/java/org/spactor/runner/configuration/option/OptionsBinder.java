package org.spactor.runner.configuration.option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.runner.configuration.layer.ConfigurationNode;
import org.spactor.runner.configuration.layer.Shape;
import org.spactor.runner.configuration.problem.Problems;
import org.spactor.runner.configuration.problem.Suggestions;
import org.spactor.runner.configuration.problem.ValueOrigin;

/**
 * Makes options records of a configuration: reads what is there, fills in defaults, and adds everything that is wrong to
 * the problems.
 */
public final class OptionsBinder {
    private final Problems problems;

    /** A binder that adds to these problems. */
    public OptionsBinder(Problems problems) {
        this.problems = problems;
    }

    /**
     * Makes a record.
     *
     * @param node a mapping, or absent, which gives the defaults
     * @return empty if there are problems
     */
    public <T extends Record> Optional<T> bind(Class<T> type, ConfigurationNode node) {
        return bind(OptionsSchema.of(type), node);
    }

    /**
     * Adds a problem for every key of a mapping that is not a known one.
     *
     * @return whether the node can be a mapping: false if it is a value or a list, which is a problem too
     */
    public boolean checkKeys(ConfigurationNode node, Collection<String> known) {
        if (node.shape() != Shape.MAPPING && node.shape() != Shape.ABSENT) {
            problems.add(node.key(), expected("a mapping of " + String.join(", ", known), node), node.origin());
            return false;
        }
        for (String name : node.names()) {
            if (!known.contains(name)) {
                ConfigurationNode child = node.child(name);
                problems.add(child.key(), unknownKey(node, name, known), child.origin());
            }
        }
        return true;
    }

    /** What to say if a node is of another shape than expected. */
    public static String expected(String expected, ConfigurationNode node) {
        String found = node.shape() == Shape.SCALAR
                ? "'" + node.text() + "'"
                : node.shape().label();
        return "expected " + expected + ", but found " + found;
    }

    private <T extends Record> Optional<T> bind(OptionsSchema<T> schema, ConfigurationNode node) {
        int before = problems.size();
        if (!checkKeys(node, schema.keys())) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (OptionDeclaration declaration : schema.declarations()) {
            bind(declaration, node.child(declaration.key())).ifPresent(values::add);
        }
        return problems.size() == before ? create(schema, values, node) : Optional.empty();
    }

    private static String unknownKey(ConfigurationNode node, String name, Collection<String> known) {
        if (known.isEmpty()) {
            return "unknown key. There are no options here";
        }
        return Suggestions.closest(name, known)
                .map(closest ->
                        "unknown key. Did you mean '" + node.child(closest).key() + "'?")
                .orElse("unknown key. Known here: " + String.join(", ", known));
    }

    private <T extends Record> Optional<T> create(
            OptionsSchema<T> schema, List<Object> values, ConfigurationNode node) {
        try {
            return Optional.of(schema.create(values));
        } catch (InvalidOptionException e) {
            ConfigurationNode option = node.child(e.option());
            problems.add(option.key(), e.getMessage(), option.origin());
        } catch (IllegalArgumentException e) {
            problems.add(node.key(), e.getMessage(), node.origin());
        } catch (RuntimeException e) {
            problems.add(node.key(), "the options are refused: " + e, node.origin());
        }
        return Optional.empty();
    }

    private Optional<?> bind(OptionDeclaration declaration, ConfigurationNode node) {
        if (!node.isPresent() && declaration.required()) {
            problems.add(node.key(), "required. " + declaration.option().description(), node.origin());
            return Optional.empty();
        }
        if (declaration.nested().isPresent()) {
            OptionsSchema<?> nested = declaration.nested().get();
            return declaration.list() ? bindRecords(nested, declaration, node) : bind(nested, node);
        }
        try {
            if (!node.isPresent()) {
                return Optional.of(declaration.defaultValue());
            }
            if (declaration.list() && node.shape() == Shape.LIST) {
                return Optional.of(bindElements(declaration, node));
            }
            if (node.shape() == Shape.SCALAR) {
                return Optional.of(
                        declaration.list()
                                ? declaration.readList(node.text())
                                : declaration.scalar().orElseThrow().read(node.text()));
            }
            problems.add(node.key(), expected("a " + declaration.typeLabel(), node), node.origin());
        } catch (InvalidValueException e) {
            problems.add(node.key(), e.getMessage(), node.origin());
        }
        return Optional.empty();
    }

    private Optional<List<Object>> bindRecords(
            OptionsSchema<?> schema, OptionDeclaration declaration, ConfigurationNode list) {
        if (list.isPresent() && list.shape() != Shape.LIST) {
            problems.add(list.key(), expected("a " + declaration.typeLabel(), list), list.origin());
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (ConfigurationNode element : list.elements()) {
            bind(schema, element).ifPresent(values::add);
        }
        return Optional.of(List.copyOf(values));
    }

    private List<Object> bindElements(OptionDeclaration declaration, ConfigurationNode list) {
        ScalarType type = declaration.scalar().orElseThrow();
        List<Object> values = new ArrayList<>();
        for (ConfigurationNode element : list.elements()) {
            ValueOrigin origin = element.origin();
            if (element.shape() != Shape.SCALAR) {
                problems.add(element.key(), expected("a " + type.label(), element), origin);
                continue;
            }
            try {
                values.add(type.read(element.text()));
            } catch (InvalidValueException e) {
                problems.add(element.key(), e.getMessage(), origin);
            }
        }
        return List.copyOf(values);
    }
}
