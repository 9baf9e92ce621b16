package org.spactor.runner.command;

import org.spactor.runner.configuration.ConfigurationResolver;
import org.spactor.runner.configuration.PluginSettings;
import picocli.CommandLine.Option;

/** Where plugins are, for commands that have no configuration. */
public final class PluginOptions {
    @Option(names = "--plugins", paramLabel = "DIR", description = "The folder of the plugins. Default: plugins.")
    private String directory;

    /** What {@code plugins} would be in a configuration. */
    PluginSettings settings() {
        return directory == null ? ConfigurationResolver.defaultPlugins() : new PluginSettings(directory);
    }
}
