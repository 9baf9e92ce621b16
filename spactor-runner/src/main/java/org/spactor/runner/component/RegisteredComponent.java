package org.spactor.runner.component;

import org.spactor.api.component.ComponentProvider;

/**
 * A component that configurations can name.
 *
 * @param name the provider's name, read once
 * @param provider what makes it
 * @param origin where it comes from
 */
public record RegisteredComponent<P extends ComponentProvider<?, ?, ?>>(String name, P provider, Origin origin) {
    /** The way to call the provider and what it makes. */
    public ComponentCalls calls(ComponentKind<P> kind, Watchdog watchdog) {
        ComponentIdentity identity = new ComponentIdentity(kind.name(), name, origin);
        return new ComponentCalls(identity, provider.getClass().getClassLoader(), watchdog);
    }
}
