package org.spactor.runner.training;

import com.google.inject.Inject;
import java.util.List;
import org.spactor.data.Tokenizer;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.checkpoint.PluginVersion;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.device.Devices;
import org.spactor.runner.device.OpenDevice;

/** Goes from a checked configuration to a run that is ready to go. */
public final class PretrainingFactory {
    private final Devices devices;

    /** A factory of runs on these devices. */
    @Inject
    public PretrainingFactory(Devices devices) {
        this.devices = devices;
    }

    /**
     * Opens the device, loads the tokenizer, makes the components, reads the text and builds the model.
     *
     * @param plugins the plugins whose components there are
     * @throws org.spactor.cuda.device.DeviceException if the device is not there or cannot be used
     * @throws TrainingException if the model cannot fit into its memory
     */
    public Pretraining prepare(Assembly assembly, RunFolder folder, List<PluginVersion> plugins) {
        OpenDevice device = devices.open(assembly.configuration().training().deviceName());
        try {
            return prepare(assembly.on(device.name()), folder, plugins, device);
        } catch (RuntimeException | Error e) {
            device.close();
            throw e;
        }
    }

    private static Pretraining prepare(
            Assembly assembly, RunFolder folder, List<PluginVersion> plugins, OpenDevice device) {
        SpactorConfiguration configuration = assembly.configuration();
        DataPreparation preparation = new DataPreparation(configuration);
        Tokenizer tokenizer = preparation.tokenizer();
        Components components = assembly.create(tokenizer.vocabulary());
        MemoryCheck.require(configuration, components, device.room());
        TrainingData data = preparation.read(tokenizer, components, characters -> {});
        Model model = new Model(configuration, components, data.lengths(), device.backend());
        return new Pretraining(configuration, data, components, model, folder, plugins, device);
    }
}
