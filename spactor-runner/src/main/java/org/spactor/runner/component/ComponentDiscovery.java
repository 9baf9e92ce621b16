package org.spactor.runner.component;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spactor.api.component.ComponentProvider;
import org.spactor.api.component.Names;
import org.spactor.runner.configuration.option.OptionsSchema;

/**
 * Finds providers with {@link ServiceLoader} and checks what they say of themselves. What is wrong is collected, and
 * nothing is skipped in silence.
 */
final class ComponentDiscovery {
    /** How the service loader begins: {@code interface: Provider class …}. */
    private static final Pattern NAMED_PROVIDER = Pattern.compile("^\\S+: (?:Provider )?([\\w.$]+) ");

    private final List<ComponentSource> sources;
    private final Set<ProvidedComponent<?>> provided;
    private final List<String> problems = new ArrayList<>();

    ComponentDiscovery(List<ComponentSource> sources, Set<ProvidedComponent<?>> provided) {
        this.sources = List.copyOf(sources);
        this.provided = provided;
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

    private <P extends ComponentProvider<?, ?, ?>> DiscoveredComponents<P> find(ComponentKind<P> kind) {
        Map<String, RegisteredComponent<P>> byName = new LinkedHashMap<>();
        List<RegisteredComponent<P>> all = new ArrayList<>();
        for (ComponentSource source : sources) {
            all.addAll(ContextLoader.with(source.classLoader(), () -> find(kind, source)));
        }
        all.addAll(provided(kind));
        for (RegisteredComponent<P> component : all) {
            RegisteredComponent<P> other = byName.putIfAbsent(component.name(), component);
            if (other != null) {
                problems.add("two " + kind.plural() + " are called '" + component.name() + "': "
                        + describe(other.provider().getClass(), other.origin()) + " and "
                        + describe(component.provider().getClass(), component.origin())
                        + ". Names are unique: remove one of the plugins, or have it renamed");
            }
        }
        return new DiscoveredComponents<>(kind, List.copyOf(byName.values()));
    }

    private <P extends ComponentProvider<?, ?, ?>> List<RegisteredComponent<P>> provided(ComponentKind<P> kind) {
        List<RegisteredComponent<P>> components = new ArrayList<>();
        for (ProvidedComponent<?> component : provided) {
            if (component.kind().equals(kind)) {
                P provider = kind.providerClass().cast(component.provider());
                components.add(check(provider, BuiltInComponents.origin(provider.getClass())));
            }
        }
        return components;
    }

    private <P extends ComponentProvider<?, ?, ?>> List<RegisteredComponent<P>> find(
            ComponentKind<P> kind, ComponentSource source) {
        List<RegisteredComponent<P>> components = new ArrayList<>();
        try {
            Iterator<ServiceLoader.Provider<P>> providers =
                    ServiceLoader.load(kind.providerClass(), source.classLoader()).stream()
                            .iterator();
            while (providers.hasNext()) {
                add(kind, providers.next(), source, components);
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            // A listed class that is missing, of another kind or without a constructor: the message names it.
            problems.add("the " + kind + " providers [" + source.origin() + "] cannot be loaded: " + reason(e, source)
                    + remedy(source.origin()));
        }
        return components;
    }

    private <P extends ComponentProvider<?, ?, ?>> void add(
            ComponentKind<P> kind,
            ServiceLoader.Provider<P> found,
            ComponentSource source,
            List<RegisteredComponent<P>> components) {
        Origin origin = source.originOf().apply(found.type());
        try {
            components.add(check(found.get(), origin));
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            String reason = FailureReason.ofClass(found.type()).orElseGet(() -> FailureReason.of(e));
            problems.add("the " + kind + " provider " + describe(found.type(), origin) + " cannot be used: " + reason
                    + remedy(origin));
        }
    }

    /** What is wrong with a class that the service loader names in its message, as far as the class tells. */
    private static String reason(Throwable failure, ComponentSource source) {
        String message = String.valueOf(failure.getMessage());
        Matcher named = NAMED_PROVIDER.matcher(message);
        if (named.find()) {
            try {
                Class<?> provider = Class.forName(named.group(1), false, source.classLoader());
                Optional<String> reason = FailureReason.ofClass(provider);
                if (reason.isPresent()) {
                    return provider.getName() + ": " + reason.get();
                }
            } catch (ClassNotFoundException | LinkageError e) {
                // then the message says all that there is to say
                return FailureReason.of(failure);
            }
        }
        return FailureReason.of(failure);
    }

    private static <P extends ComponentProvider<?, ?, ?>> RegisteredComponent<P> check(P provider, Origin origin) {
        String name = provider.name();
        if (!Names.isKebabCase(name)) {
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
}
