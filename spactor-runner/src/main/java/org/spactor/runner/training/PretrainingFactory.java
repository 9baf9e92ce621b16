package org.spactor.runner.training;

import com.google.inject.Inject;
import com.google.inject.Provider;
import java.util.List;
import org.spactor.data.Tokenizer;
import org.spactor.engine.backend.Backend;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.checkpoint.PluginVersion;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.environment.MachineMemory;

/** Goes from a checked configuration to a run that is ready to go. */
public final class PretrainingFactory {
    private final Provider<Backend> backend;

    /** A factory of runs on such backends, one for each. */
    @Inject
    public PretrainingFactory(Provider<Backend> backend) {
        this.backend = backend;
    }

    /**
     * Loads the tokenizer, makes the components, reads the text and builds the model.
     *
     * @param plugins the plugins whose components there are
     * @throws TrainingException if the model cannot fit into the machine's memory
     */
    public Pretraining prepare(Assembly assembly, RunFolder folder, List<PluginVersion> plugins) {
        SpactorConfiguration configuration = assembly.configuration();
        DataPreparation preparation = new DataPreparation(configuration);
        Tokenizer tokenizer = preparation.tokenizer();
        Components components = assembly.create(tokenizer.vocabulary());
        MemoryCheck.require(configuration, components, MachineMemory.here());
        TrainingData data = preparation.read(tokenizer, components, characters -> {});
        Model model = new Model(configuration, components, data.lengths(), backend.get());
        return new Pretraining(configuration, data, components, model, folder, plugins);
    }
}
