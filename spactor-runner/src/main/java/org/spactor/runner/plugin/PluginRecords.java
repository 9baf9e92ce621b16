package org.spactor.runner.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.spactor.runner.component.Origin;

/**
 * The plugins that a run used: those of the components that its configuration names. Other plugins that lie in the folder
 * make no difference to a run, and are left out.
 *
 * @param plugins in the order of their ids
 */
public record PluginRecords(List<PluginRecord> plugins) {
    public PluginRecords {
        plugins = List.copyOf(plugins);
    }

    /** The plugins among some origins of components. */
    public static PluginRecords of(Iterable<Origin> origins) {
        Map<String, PluginRecord> byId = new TreeMap<>();
        for (Origin origin : origins) {
            if (origin instanceof Origin.Plugin plugin) {
                byId.put(plugin.id(), PluginRecord.of(plugin));
            }
        }
        return new PluginRecords(List.copyOf(byId.values()));
    }

    /**
     * How the plugins at hand differ from these, which a checkpoint was made with; one sentence a difference, none if they
     * are the same.
     */
    public List<String> differences(PluginRecords present) {
        Map<String, PluginRecord> there = present.byId();
        List<String> differences = new ArrayList<>();
        for (PluginRecord recorded : plugins) {
            PluginRecord other = there.remove(recorded.id());
            if (other == null) {
                differences.add("plugin " + recorded + " is missing");
            } else if (!other.version().equals(recorded.version())) {
                differences.add("plugin " + recorded + " has version " + other.version() + " now");
            } else if (!other.sha256().equals(recorded.sha256())) {
                differences.add("plugin " + recorded + " has other contents now: " + changedJars(recorded, other));
            }
        }
        there.values().forEach(added -> differences.add("plugin " + added + " was not used"));
        return differences;
    }

    private Map<String, PluginRecord> byId() {
        Map<String, PluginRecord> byId = new LinkedHashMap<>();
        plugins.forEach(plugin -> byId.put(plugin.id(), plugin));
        return byId;
    }

    private static String changedJars(PluginRecord recorded, PluginRecord present) {
        TreeSet<String> names = new TreeSet<>(recorded.sha256().keySet());
        names.addAll(present.sha256().keySet());
        List<String> changed = new ArrayList<>();
        for (String name : names) {
            String before = recorded.sha256().get(name);
            String now = present.sha256().get(name);
            if (before == null) {
                changed.add(name + " is new");
            } else if (now == null) {
                changed.add(name + " is missing");
            } else if (!before.equals(now)) {
                changed.add(name + " has SHA-256 " + now + " instead of " + before);
            }
        }
        return String.join(", ", changed);
    }
}
