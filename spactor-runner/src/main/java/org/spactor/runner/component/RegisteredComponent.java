package org.spactor.runner.component;

import org.spactor.api.component.ComponentProvider;

/**
 * A component that configurations can name.
 *
 * @param name the provider's name, read once
 * @param provider what makes it
 * @param origin where it comes from
 */
public record RegisteredComponent<P extends ComponentProvider<?>>(String name, P provider, Origin origin) {}
