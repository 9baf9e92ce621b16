package org.spactor.runner.component;

import java.util.function.Function;

/**
 * A place with components.
 *
 * @param origin what to call it
 * @param classLoader where {@link java.util.ServiceLoader} finds the providers
 * @param originOf where a provider that is found there comes from
 */
public record ComponentSource(Origin origin, ClassLoader classLoader, Function<Class<?>, Origin> originOf) {
    /** A place from which all that is found there comes. */
    public ComponentSource(Origin origin, ClassLoader classLoader) {
        this(origin, classLoader, provider -> origin);
    }
}
