package org.spactor.runner.checkpoint;

/**
 * A plugin that a run was trained with.
 *
 * @param id the plugin's id
 * @param version the plugin's version
 * @param sha256 of its jars, in hexadecimal
 */
public record PluginVersion(String id, String version, String sha256) {}
