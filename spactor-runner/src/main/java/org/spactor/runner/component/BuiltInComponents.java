package org.spactor.runner.component;

import java.util.List;
import org.spactor.runner.configuration.PluginSettings;

/** The components on the runner's own class path. */
public final class BuiltInComponents implements ComponentSources {
    @Override
    public List<ComponentSource> find(PluginSettings settings) {
        return List.of(new ComponentSource(Origin.builtIn(), BuiltInComponents.class.getClassLoader()));
    }
}
