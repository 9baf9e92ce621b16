package org.spactor.runner.component;

import java.util.List;
import org.spactor.runner.configuration.PluginSettings;

/** Finds places with components. The runner binds any number of these; each contributes its places. */
@FunctionalInterface
public interface ComponentSources {
    /** The places, in the order in which they are to be shown. */
    List<ComponentSource> find(PluginSettings settings);
}
