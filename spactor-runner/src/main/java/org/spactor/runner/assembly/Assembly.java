package org.spactor.runner.assembly;

import java.util.List;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.runner.checkpoint.PluginVersion;
import org.spactor.runner.component.ComponentRegistry;
import org.spactor.runner.configuration.ResolvedConfiguration;
import org.spactor.runner.configuration.SpactorConfiguration;

/**
 * A checked configuration with its components at hand.
 *
 * @param resolved the configuration, and where its values were written
 * @param registry the components that can be named
 */
public record Assembly(ResolvedConfiguration resolved, ComponentRegistry registry) {
    /** The configuration. */
    public SpactorConfiguration configuration() {
        return resolved.values();
    }

    /** The plugins whose components can be named. None are loaded yet. */
    public List<PluginVersion> plugins() {
        return List.of();
    }

    /** The same components with other values of the configuration. */
    public Assembly with(SpactorConfiguration configuration) {
        return new Assembly(new ResolvedConfiguration(configuration, resolved.layers()), registry);
    }

    /**
     * Makes the components that the configuration names.
     *
     * @throws org.spactor.runner.configuration.problem.ConfigurationException with every option that a factory refuses
     * @throws org.spactor.runner.component.ComponentException if a factory fails otherwise
     */
    public Components create(Vocabulary vocabulary) {
        return new ComponentFactory(this).create(vocabulary);
    }
}
