package org.spactor.runner.configuration;

import org.spactor.runner.configuration.layer.ConfigurationNode;
import org.spactor.runner.configuration.layer.KeyPath;
import org.spactor.runner.configuration.layer.LayeredConfiguration;

/**
 * A configuration, and where its values were written.
 *
 * @param values the configuration
 * @param layers what it was made of
 */
public record ResolvedConfiguration(SpactorConfiguration values, LayeredConfiguration layers) {
    /** What the user would call it: the file's name, or the configuration. */
    public String title() {
        return layers.title();
    }

    /**
     * The place of a key: whether it was written, and where.
     *
     * @param key for instance {@code corruptors[0].options.noise-density}
     */
    public ConfigurationNode place(String key) {
        return layers.root().at(KeyPath.parse(key));
    }
}
