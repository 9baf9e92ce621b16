package org.spactor.runner.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.runner.device.DeviceName;

/**
 * Everything that decides what numbers a run computes, as texts by key: its configuration, the number of replicas, the
 * data, the plugins. Two runs of equal identity have equal metrics and parameters.
 *
 * @param values by key, for instance {@code training.batch-size}, {@code data.sha256}, {@code plugins.example}
 */
public record RunIdentity(Map<String, String> values) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NONE = "none";
    private static final String DEVICE = "training.device";

    /**
     * The keys that a run may change when it goes on, without being asked: they decide how long it is, what it writes and
     * where, and which of its numbers it keeps, but not the numbers. With the number of steps, schedule and curriculum
     * are computed from the new one. What {@code data.inputs} names is compared by its contents.
     */
    private static final Set<String> HARMLESS = Set.of(
            "run.name",
            "run.directory",
            "data.inputs",
            "data.maximum-bad-share",
            "data.maximum-unknown-share",
            "training.steps",
            "training.log-every",
            "training.checkpoint-every",
            "training.keep-checkpoints",
            "training.keep-every",
            "training.non-finite-limit",
            "plugins.directory");

    public RunIdentity {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * The identity of a configuration.
     *
     * @param configuration as maps, lists and values
     * @param replicas number of replicas, which {@code training.replicas} may leave open
     * @param plugins the plugins that are used
     */
    public static RunIdentity of(Object configuration, int replicas, List<PluginVersion> plugins) {
        Map<String, String> values = new LinkedHashMap<>();
        flatten("", JSON.valueToTree(configuration), values);
        // what was trained before there was a choice was trained on the CPU
        values.putIfAbsent(DEVICE, new DeviceName.Cpu().toString());
        values.put("training.replicas", Integer.toString(replicas));
        for (PluginVersion plugin : plugins) {
            values.put("plugins." + plugin.id(), plugin.version() + ", SHA-256 " + plugin.sha256());
        }
        return new RunIdentity(values);
    }

    /** This identity with one more value. */
    public RunIdentity with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new RunIdentity(more);
    }

    /** What another identity, which is to go on where this one ended, has otherwise. */
    public List<Difference> differences(RunIdentity now) {
        Set<String> keys = new LinkedHashSet<>(values.keySet());
        keys.addAll(now.values.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String key : keys) {
            String before = values.getOrDefault(key, NONE);
            String after = now.values.getOrDefault(key, NONE);
            if (!before.equals(after)) {
                differences.add(new Difference(key, before, after));
            }
        }
        return differences;
    }

    /**
     * One thing that is not as it was.
     *
     * @param key what it is
     * @param before its value in the checkpoint
     * @param now its value now
     */
    public record Difference(String key, String before, String now) {
        /** Whether a run may change this without being asked. */
        public boolean harmless() {
            return HARMLESS.contains(key);
        }

        @Override
        public String toString() {
            return key + ": " + before + ", now " + now;
        }
    }

    /** A list of values is one value: its elements have no meaning one by one. */
    private static void flatten(String key, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(), entry.getValue(), values));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isContainerNode()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(key + "[" + i + "]", node.get(i), values);
            }
        } else {
            values.put(key, node.isContainerNode() ? node.toString() : node.asText());
        }
    }
}
