package org.spactor.runner.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.runner.checkpoint.PluginVersion;
import org.spactor.runner.component.ComponentKind;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.component.ComponentRegistry;
import org.spactor.runner.component.Origin;
import org.spactor.runner.component.Watchdog;
import org.spactor.runner.configuration.ComponentChoice;
import org.spactor.runner.configuration.ResolvedConfiguration;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.device.DeviceName;

/**
 * A checked configuration with its components at hand.
 *
 * @param resolved the configuration, and where its values were written
 * @param registry the components that can be named
 * @param watchdog says what a component is doing that takes long
 */
public record Assembly(ResolvedConfiguration resolved, ComponentRegistry registry, Watchdog watchdog) {
    /** The configuration. */
    public SpactorConfiguration configuration() {
        return resolved.values();
    }

    /**
     * The plugins, and the libraries on the class path, that the configuration's components come from; other ones make no
     * difference to a run.
     */
    public List<PluginVersion> plugins() {
        SpactorConfiguration configuration = configuration();
        List<Origin> origins = new ArrayList<>();
        origins.add(origin(ComponentKinds.ARCHITECTURE, configuration.architecture()));
        for (ComponentChoice corruptor : configuration.corruptors()) {
            origins.add(origin(ComponentKinds.CORRUPTOR, corruptor));
        }
        origins.add(origin(ComponentKinds.OBJECTIVE, configuration.objective()));
        origins.add(origin(ComponentKinds.CURRICULUM, configuration.curriculum()));
        origins.add(origin(ComponentKinds.OPTIMIZER, configuration.optimizer()));
        origins.add(origin(ComponentKinds.SCHEDULE, configuration.schedule()));
        Map<String, PluginVersion> byId = new TreeMap<>();
        for (Origin origin : origins) {
            if (origin instanceof Origin.Plugin plugin) {
                byId.put(plugin.id(), new PluginVersion(plugin.id(), plugin.version(), plugin.sha256()));
            } else if (origin instanceof Origin.ClassPath library) {
                String id = "class-path/" + library.location().getFileName();
                byId.put(id, new PluginVersion(id, "none", library.sha256()));
            }
        }
        return List.copyOf(byId.values());
    }

    private Origin origin(ComponentKind<?> kind, ComponentChoice choice) {
        return registry.get(kind, choice.name()).origin();
    }

    /** The same components with other values of the configuration. */
    public Assembly with(SpactorConfiguration configuration) {
        return new Assembly(new ResolvedConfiguration(configuration, resolved.layers()), registry, watchdog);
    }

    /** The same on a device. */
    public Assembly on(DeviceName device) {
        SpactorConfiguration configuration = configuration();
        return with(configuration.with(configuration.training().withDevice(device)));
    }

    /**
     * Makes the components that the configuration names. Once a run is enough.
     *
     * @throws org.spactor.runner.configuration.problem.ConfigurationException with every option that a factory refuses, and
     *     if components do not agree with each other
     * @throws org.spactor.runner.component.ComponentException if a factory fails otherwise
     */
    public Components create(Vocabulary vocabulary) {
        return new ComponentFactory(this, watchdog).create(vocabulary);
    }
}
