package org.spactor.runner.plugin;

import java.util.Map;
import java.util.TreeMap;
import org.spactor.runner.component.Origin;

/**
 * Which plugin a run used, for a checkpoint's manifest: JSON libraries write and read it as it is.
 *
 * @param id the plugin's id
 * @param version its version
 * @param sha256 hash of each of its jars, by file name
 */
public record PluginRecord(String id, String version, Map<String, String> sha256) {
    public PluginRecord {
        sha256 = new TreeMap<>(sha256);
    }

    /** The record of a loaded plugin. */
    static PluginRecord of(Origin.Plugin plugin) {
        return new PluginRecord(plugin.id(), plugin.version(), plugin.sha256());
    }

    @Override
    public String toString() {
        return "'" + id + "' " + version;
    }
}
