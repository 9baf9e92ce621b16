package org.spactor.runner.component;

import com.google.inject.Guice;
import com.google.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.spactor.runner.configuration.PluginSettings;

/** Makes the registry, once the configuration says where plugins are. */
public final class ComponentRegistryFactory {
    private final List<ComponentKind<?>> kinds;
    private final List<ComponentSources> sources;
    private final Set<ProvidedComponent<?>> provided;

    /** A factory of registries with these kinds, from all of these sources, and of those that a program brings itself. */
    @Inject
    public ComponentRegistryFactory(
            List<ComponentKind<?>> kinds, Set<ComponentSources> sources, Set<ProvidedComponent<?>> provided) {
        this.provided = Set.copyOf(provided);
        this.kinds = List.copyOf(kinds);
        this.sources = List.copyOf(sources);
    }

    /**
     * Finds all components.
     *
     * @throws ComponentException if one of them cannot be used
     */
    public ComponentRegistry create(PluginSettings settings) {
        List<ComponentSource> found = new ArrayList<>();
        for (ComponentSources place : sources) {
            found.addAll(place.find(settings));
        }
        return Guice.createInjector(new ComponentModule(kinds, found, provided)).getInstance(ComponentRegistry.class);
    }
}
