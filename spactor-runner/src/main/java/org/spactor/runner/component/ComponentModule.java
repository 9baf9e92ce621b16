package org.spactor.runner.component;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Scopes;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.api.component.ComponentProvider;

/**
 * Binds components: one map of name to component for each kind, and the {@link ComponentRegistry} over all of them.
 */
public final class ComponentModule extends AbstractModule {
    private final List<DiscoveredComponents<?>> discovered;

    /**
     * A module with the components of these kinds at these places.
     *
     * @param provided those that a program brings itself
     *
     * @throws ComponentException if one of them cannot be used
     */
    public ComponentModule(
            List<ComponentKind<?>> kinds, List<ComponentSource> sources, Set<ProvidedComponent<?>> provided) {
        this.discovered = new ComponentDiscovery(sources, provided).find(kinds);
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        Multibinder<ComponentCatalogue<?>> catalogues =
                Multibinder.newSetBinder(binder(), new TypeLiteral<ComponentCatalogue<?>>() {});
        for (DiscoveredComponents<?> components : discovered) {
            bind(components, catalogues);
        }
        bind(ComponentRegistry.class).in(Scopes.SINGLETON);
    }

    private <P extends ComponentProvider<?, ?, ?>> void bind(
            DiscoveredComponents<P> discovered, Multibinder<ComponentCatalogue<?>> catalogues) {
        ComponentKind<P> kind = discovered.kind();
        MapBinder<String, RegisteredComponent<P>> components =
                MapBinder.newMapBinder(binder(), TypeLiteral.get(String.class), kind.componentType());
        for (RegisteredComponent<P> component : discovered.components()) {
            components.addBinding(component.name()).toInstance(component);
        }
        Provider<Map<String, RegisteredComponent<P>>> all = getProvider(Key.get(kind.mapType()));
        catalogues
                .addBinding()
                .toProvider(() -> new ComponentCatalogue<>(kind, all.get()))
                .in(Scopes.SINGLETON);
    }
}
