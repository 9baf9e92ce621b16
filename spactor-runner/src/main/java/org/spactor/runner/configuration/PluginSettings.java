package org.spactor.runner.configuration;

import org.spactor.api.component.Option;

/** The keys under {@code plugins}. */
public record PluginSettings(
        @Option(description = "Folder of the plugins, relative to the working directory", defaultValue = "plugins")
        String directory) {}
