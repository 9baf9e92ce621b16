package org.spactor.runner.assembly;

import com.google.inject.Inject;
import org.spactor.runner.component.ComponentRegistry;
import org.spactor.runner.component.ComponentRegistryFactory;
import org.spactor.runner.component.Watchdog;
import org.spactor.runner.configuration.ConfigurationResolver;
import org.spactor.runner.configuration.layer.ConfigurationLoader;
import org.spactor.runner.configuration.layer.ConfigurationRequest;
import org.spactor.runner.configuration.layer.LayeredConfiguration;

/** Goes from what a user asked for to a checked configuration with its components at hand. */
public final class Assembler {
    private final ConfigurationLoader loader;
    private final ComponentRegistryFactory registries;
    private final Watchdog watchdog;

    /** An assembler that reads layers and finds components with these. */
    @Inject
    public Assembler(ConfigurationLoader loader, ComponentRegistryFactory registries, Watchdog watchdog) {
        this.loader = loader;
        this.registries = registries;
        this.watchdog = watchdog;
    }

    /**
     * Reads, finds and checks.
     *
     * @throws org.spactor.runner.configuration.problem.ConfigurationException with everything that is wrong with the
     *     configuration
     * @throws org.spactor.runner.component.ComponentException with everything that is wrong with the components found
     */
    public Assembly assemble(ConfigurationRequest request) {
        LayeredConfiguration layers = loader.load(request);
        ComponentRegistry components = registries.create(ConfigurationResolver.plugins(layers));
        return new Assembly(new ConfigurationResolver(components).resolve(layers), components, watchdog);
    }
}
