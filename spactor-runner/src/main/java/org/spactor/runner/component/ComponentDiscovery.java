package org.spactor.runner.component;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.spactor.api.component.ComponentProvider;
import org.spactor.runner.configuration.option.KebabCase;
import org.spactor.runner.configuration.option.OptionsSchema;

/**
 * Finds providers with {@link ServiceLoader} and checks what they say of themselves. What is wrong is collected, and
 * nothing is skipped in silence.
 */
final class ComponentDiscovery {
    private final List<ComponentSource> sources;
    private final List<String> problems = new ArrayList<>();

    ComponentDiscovery(List<ComponentSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * The components of these kinds.
     *
     * @throws ComponentException if one of them cannot be used
     */
    List<DiscoveredComponents<?>> find(List<ComponentKind<?>> kinds) {
        List<DiscoveredComponents<?>> discovered = new ArrayList<>();
        for (ComponentKind<?> kind : kinds) {
            discovered.add(find(kind));
        }
        if (!problems.isEmpty()) {
            throw new ComponentException("components", problems);
        }
        return discovered;
    }

    private <P extends ComponentProvider<?>> DiscoveredComponents<P> find(ComponentKind<P> kind) {
        Map<String, RegisteredComponent<P>> byName = new LinkedHashMap<>();
        for (ComponentSource source : sources) {
            for (RegisteredComponent<P> component : find(kind, source)) {
                RegisteredComponent<P> other = byName.putIfAbsent(component.name(), component);
                if (other != null) {
                    problems.add("two " + kind.plural() + " are called '" + component.name() + "': "
                            + describe(other.provider().getClass(), other.origin()) + " and "
                            + describe(component.provider().getClass(), component.origin())
                            + ". Names are unique: remove one of the plugins, or have it renamed");
                }
            }
        }
        return new DiscoveredComponents<>(kind, List.copyOf(byName.values()));
    }

    private <P extends ComponentProvider<?>> List<RegisteredComponent<P>> find(
            ComponentKind<P> kind, ComponentSource source) {
        List<RegisteredComponent<P>> components = new ArrayList<>();
        try {
            Iterator<ServiceLoader.Provider<P>> providers =
                    ServiceLoader.load(kind.providerClass(), source.classLoader()).stream()
                            .iterator();
            while (providers.hasNext()) {
                ServiceLoader.Provider<P> provider = providers.next();
                try {
                    components.add(check(provider.get(), source.origin()));
                } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                    String type = describe(provider.type(), source.origin());
                    problems.add("the " + kind + " provider " + type + " cannot be used: " + reason(e)
                            + remedy(source.origin()));
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            // A listed class that is missing or of another kind: the message names it.
            problems.add("the " + kind + " providers [" + source.origin() + "] cannot be loaded: " + reason(e)
                    + remedy(source.origin()));
        }
        return components;
    }

    private static <P extends ComponentProvider<?>> RegisteredComponent<P> check(P provider, Origin origin) {
        String name = provider.name();
        if (name == null || !KebabCase.matches(name)) {
            throw new IllegalArgumentException(
                    "its name '" + name + "' is not lower case with words joined by hyphens, such as 'token-mask'");
        }
        if (provider.summary() == null || provider.source() == null || provider.optionsType() == null) {
            throw new IllegalArgumentException("its summary, source and options type must not be null");
        }
        OptionsSchema.of(provider.optionsType());
        return new RegisteredComponent<>(name, provider, origin);
    }

    private static String describe(Class<?> provider, Origin origin) {
        return provider.getName() + " [" + origin + "]";
    }

    /** What a user can do about a component that cannot be used. */
    private static String remedy(Origin origin) {
        return origin instanceof Origin.Plugin plugin
                ? ". Remove " + plugin.location() + ", or get a version of it that works"
                : "";
    }

    /** What the provider itself threw; the message of an error that the service loader wraps around it says less. */
    private static String reason(Throwable failure) {
        Throwable cause = failure instanceof ServiceConfigurationError && failure.getCause() != null
                ? failure.getCause()
                : failure;
        // without a blank it is a name; otherwise it says that a class could not be initialised
        if (cause instanceof NoClassDefFoundError missing
                && missing.getMessage() != null
                && !missing.getMessage().contains(" ")) {
            return "it needs the class " + missing.getMessage().replace('/', '.') + ", which is not in the plugin, and"
                    + " which plugins do not get from Spactor";
        }
        boolean speaksForItself =
                cause instanceof ServiceConfigurationError || cause.getClass() == IllegalArgumentException.class;
        return speaksForItself && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }
}
