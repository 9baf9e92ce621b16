package org.spactor.runner.component;

/**
 * A place with components.
 *
 * @param origin what to call it
 * @param classLoader where {@link java.util.ServiceLoader} finds the providers
 */
public record ComponentSource(Origin origin, ClassLoader classLoader) {}
