package org.spactor.runner.configuration;

import java.util.List;

/**
 * A whole configuration, checked, every default filled in. Equal configurations are equal runs.
 *
 * <p>Paths are relative to the working directory, wherever they were written.
 *
 * @param run the run and its folder
 * @param data what is read
 * @param architecture the network
 * @param corruptors what is done to an example, in this order
 * @param objective what is learnt
 * @param curriculum when what is learnt
 * @param optimizer how parameters are updated
 * @param schedule how the learning rate goes
 * @param training the loop
 * @param plugins where plugins are
 */
public record SpactorConfiguration(
        RunSettings run,
        DataSettings data,
        ComponentChoice architecture,
        List<ComponentChoice> corruptors,
        ComponentChoice objective,
        ComponentChoice curriculum,
        ComponentChoice optimizer,
        ComponentChoice schedule,
        TrainingSettings training,
        PluginSettings plugins) {
    public SpactorConfiguration {
        corruptors = List.copyOf(corruptors);
    }

    /** This configuration with other settings of the loop. */
    public SpactorConfiguration with(TrainingSettings settings) {
        return new SpactorConfiguration(
                run, data, architecture, corruptors, objective, curriculum, optimizer, schedule, settings, plugins);
    }
}
