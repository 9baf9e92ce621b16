package org.spactor.runner.component;

import com.google.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.api.component.ComponentProvider;
import org.spactor.runner.configuration.ComponentLookup;
import org.spactor.runner.configuration.UnknownComponentException;
import org.spactor.runner.configuration.problem.Suggestions;

/** All components that a configuration can name. */
public final class ComponentRegistry implements ComponentLookup {
    private final Map<String, ComponentCatalogue<?>> catalogues = new LinkedHashMap<>();

    @Inject
    ComponentRegistry(Set<ComponentCatalogue<?>> catalogues) {
        for (ComponentCatalogue<?> catalogue : catalogues) {
            this.catalogues.put(catalogue.kind().name(), catalogue);
        }
    }

    /** The components by kind. */
    public Collection<ComponentCatalogue<?>> catalogues() {
        return List.copyOf(catalogues.values());
    }

    /**
     * The components of the kind of a name.
     *
     * @throws UnknownComponentException if there is no such kind
     */
    public ComponentCatalogue<?> catalogue(String kind) {
        ComponentCatalogue<?> catalogue = catalogues.get(kind);
        if (catalogue == null) {
            throw new UnknownComponentException(Suggestions.noSuch("kind", kind, catalogues.keySet()));
        }
        return catalogue;
    }

    /**
     * The component of a kind and a name.
     *
     * @throws UnknownComponentException if there is none
     */
    @SuppressWarnings("unchecked")
    public <P extends ComponentProvider<?, ?, ?>> RegisteredComponent<P> get(ComponentKind<P> kind, String name) {
        // A catalogue's components are of the type of its kind, and kinds have different names.
        return ((ComponentCatalogue<P>) catalogue(kind.name())).get(name);
    }

    @Override
    public Class<? extends Record> optionsType(String kind, String name) {
        return catalogue(kind).get(name).provider().optionsType();
    }
}
