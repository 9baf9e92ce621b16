package org.spactor.runner.component;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spactor.api.component.ComponentProvider;
import org.spactor.runner.configuration.UnknownComponentException;
import org.spactor.runner.configuration.problem.Suggestions;

/** The components of one kind. */
public final class ComponentCatalogue<P extends ComponentProvider<?, ?, ?>> {
    private final ComponentKind<P> kind;
    private final Map<String, RegisteredComponent<P>> components;

    ComponentCatalogue(ComponentKind<P> kind, Map<String, RegisteredComponent<P>> components) {
        this.kind = kind;
        this.components = new TreeMap<>(components);
    }

    /** What they are. */
    public ComponentKind<P> kind() {
        return kind;
    }

    /** All of them, in alphabetical order. */
    public Collection<RegisteredComponent<P>> components() {
        return List.copyOf(components.values());
    }

    /**
     * The component of a name.
     *
     * @throws UnknownComponentException if there is none
     */
    public RegisteredComponent<P> get(String name) {
        RegisteredComponent<P> component = components.get(name);
        if (component == null) {
            throw new UnknownComponentException(Suggestions.noSuch(kind.name(), name, components.keySet(), listing()));
        }
        return component;
    }

    /** The names by origin, for instance {@code span, token-mask [built-in]; shuffle [example 0.1.0, plugins/x.jar]}. */
    private String listing() {
        Map<Origin, List<String>> byOrigin = new LinkedHashMap<>();
        byOrigin.put(Origin.builtIn(), new ArrayList<>());
        for (RegisteredComponent<P> component : components.values()) {
            byOrigin.computeIfAbsent(component.origin(), origin -> new ArrayList<>())
                    .add(component.name());
        }
        List<String> groups = new ArrayList<>();
        byOrigin.forEach((origin, names) -> {
            if (!names.isEmpty()) {
                groups.add(String.join(", ", names) + " [" + origin + "]");
            }
        });
        return groups.isEmpty() ? "none" : String.join("; ", groups);
    }
}
