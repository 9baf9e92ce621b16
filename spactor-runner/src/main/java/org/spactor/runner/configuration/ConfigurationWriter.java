package org.spactor.runner.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spactor.runner.configuration.option.OptionsTree;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes a configuration with every default spelled out. What it writes gives the equal configuration when loaded. */
public final class ConfigurationWriter {
    private ConfigurationWriter() {}

    /** The configuration as YAML: what a run's {@code config.yaml} holds. */
    public static String toYaml(SpactorConfiguration configuration) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(4);
        options.setIndicatorIndent(2);
        options.setSplitLines(false);
        options.setAllowUnicode(true);
        return new Yaml(options).dump(toTree(configuration));
    }

    /** The configuration as maps, lists, numbers, booleans and texts, in the order of the keys' declaration. */
    public static Map<String, Object> toTree(SpactorConfiguration configuration) {
        List<Object> corruptors = new ArrayList<>();
        for (ComponentChoice corruptor : configuration.corruptors()) {
            corruptors.add(tree(corruptor));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", OptionsTree.of(configuration.run()));
        tree.put("data", OptionsTree.of(configuration.data()));
        tree.put("architecture", tree(configuration.architecture()));
        tree.put("corruptors", corruptors);
        tree.put("objective", tree(configuration.objective()));
        tree.put("curriculum", tree(configuration.curriculum()));
        tree.put("optimizer", tree(configuration.optimizer()));
        tree.put("schedule", tree(configuration.schedule()));
        tree.put("training", OptionsTree.of(configuration.training()));
        tree.put("plugins", OptionsTree.of(configuration.plugins()));
        return tree;
    }

    private static Map<String, Object> tree(ComponentChoice choice) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", choice.name());
        tree.put("options", OptionsTree.of(choice.options()));
        return tree;
    }
}
