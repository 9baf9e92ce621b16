package org.spactor.runner.component;

import java.util.List;
import org.spactor.api.component.ComponentProvider;

/**
 * The components of one kind at all places.
 *
 * @param components with different names
 */
record DiscoveredComponents<P extends ComponentProvider<?, ?, ?>>(
        ComponentKind<P> kind, List<RegisteredComponent<P>> components) {
    DiscoveredComponents {
        components = List.copyOf(components);
    }
}
