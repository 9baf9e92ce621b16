package org.spactor.runner.component;

import org.spactor.api.component.ComponentProvider;

/**
 * A component that a program brings itself, instead of having it found by {@link java.util.ServiceLoader}. The runner binds
 * any number of these.
 *
 * @param kind what it is
 * @param provider what makes it; its name is not that of another component
 */
public record ProvidedComponent<P extends ComponentProvider<?, ?, ?>>(ComponentKind<P> kind, P provider) {}
