package org.spactor.runner.configuration.layer;

/**
 * All layers combined, not yet checked against what the keys mean.
 *
 * @param title what the user would call it: the file's name, the preset's, or the configuration
 * @param root the whole of it
 */
public record LayeredConfiguration(String title, ConfigurationNode root) {}
