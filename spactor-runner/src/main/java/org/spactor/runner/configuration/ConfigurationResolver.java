package org.spactor.runner.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spactor.runner.configuration.layer.ConfigurationNode;
import org.spactor.runner.configuration.layer.LayeredConfiguration;
import org.spactor.runner.configuration.layer.Shape;
import org.spactor.runner.configuration.option.OptionsBinder;
import org.spactor.runner.configuration.problem.Problems;

/** Makes a {@link SpactorConfiguration} of the combined layers, or reports everything that is wrong with them. */
public final class ConfigurationResolver {
    private static final String PLUGINS = "plugins";
    private static final List<String> SECTIONS = List.of(
            "run",
            "data",
            "architecture",
            "corruptors",
            "objective",
            "curriculum",
            "optimizer",
            "schedule",
            "training",
            PLUGINS);

    private final ComponentLookup components;

    /** A resolver that admits these components. */
    public ConfigurationResolver(ComponentLookup components) {
        this.components = components;
    }

    /**
     * The settings of plugins alone: they are needed to find the components, without which the rest cannot be resolved.
     * If something is wrong with them these are the defaults, and {@link #resolve} reports it.
     */
    public static PluginSettings plugins(LayeredConfiguration layers) {
        return new OptionsBinder(new Problems())
                .bind(PluginSettings.class, layers.root().child(PLUGINS))
                .orElseGet(ConfigurationResolver::defaultPlugins);
    }

    /** The settings of plugins if there is no configuration. */
    public static PluginSettings defaultPlugins() {
        return new OptionsBinder(new Problems())
                .bind(PluginSettings.class, ConfigurationNode.absent(PLUGINS))
                .orElseThrow();
    }

    /**
     * Checks and binds everything.
     *
     * @throws org.spactor.runner.configuration.problem.ConfigurationException with all problems
     */
    public ResolvedConfiguration resolve(LayeredConfiguration layers) {
        Problems problems = new Problems();
        OptionsBinder binder = new OptionsBinder(problems);
        ConfigurationNode root = layers.root();

        Optional<RunSettings> run = binder.bind(RunSettings.class, root.child("run"));
        Optional<DataSettings> data = binder.bind(DataSettings.class, root.child("data"));
        Optional<ComponentChoice> architecture = choice("architecture", root.child("architecture"), problems);
        List<ComponentChoice> corruptors = choices("corruptor", root.child("corruptors"), problems);
        Optional<ComponentChoice> objective = choice("objective", root.child("objective"), problems);
        Optional<ComponentChoice> curriculum = choice("curriculum", root.child("curriculum"), problems);
        Optional<ComponentChoice> optimizer = choice("optimizer", root.child("optimizer"), problems);
        Optional<ComponentChoice> schedule = choice("schedule", root.child("schedule"), problems);
        Optional<TrainingSettings> training = binder.bind(TrainingSettings.class, root.child("training"));
        Optional<PluginSettings> plugins = binder.bind(PluginSettings.class, root.child(PLUGINS));
        binder.checkKeys(root, SECTIONS);
        problems.throwIfAny(layers.title());

        SpactorConfiguration configuration = new SpactorConfiguration(
                run.orElseThrow(),
                data.orElseThrow(),
                architecture.orElseThrow(),
                corruptors,
                objective.orElseThrow(),
                curriculum.orElseThrow(),
                optimizer.orElseThrow(),
                schedule.orElseThrow(),
                training.orElseThrow(),
                plugins.orElseThrow());
        return new ResolvedConfiguration(configuration, layers);
    }

    private List<ComponentChoice> choices(String kind, ConfigurationNode node, Problems problems) {
        if (node.isPresent() && node.shape() != Shape.LIST) {
            problems.add(node.key(), OptionsBinder.expected("a list of {name: …, options: {…}}", node), node.origin());
        }
        List<ComponentChoice> choices = new ArrayList<>();
        for (ConfigurationNode element : node.elements()) {
            choice(kind, element, problems).ifPresent(choices::add);
        }
        return choices;
    }

    private Optional<ComponentChoice> choice(String kind, ConfigurationNode node, Problems problems) {
        if (node.isPresent() && node.shape() != Shape.MAPPING) {
            problems.add(node.key(), OptionsBinder.expected("{name: …, options: {…}}", node), node.origin());
            return Optional.empty();
        }
        OptionsBinder binder = new OptionsBinder(problems);
        binder.checkKeys(node, List.of("name", "options"));
        ConfigurationNode name = node.child("name");
        if (!name.isPresent()) {
            problems.add(name.key(), "required. Name of the " + kind, node.origin());
            return Optional.empty();
        }
        if (name.shape() != Shape.SCALAR) {
            problems.add(name.key(), OptionsBinder.expected("the name of the " + kind, name), name.origin());
            return Optional.empty();
        }
        try {
            Class<? extends Record> optionsType = components.optionsType(kind, name.text());
            return binder.bind(optionsType, node.child("options"))
                    .map(options -> new ComponentChoice(name.text(), options));
        } catch (UnknownComponentException e) {
            problems.add(name.key(), e.getMessage(), name.origin());
            return Optional.empty();
        }
    }
}
