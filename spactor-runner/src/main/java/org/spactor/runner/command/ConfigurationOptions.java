package org.spactor.runner.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spactor.runner.assembly.Assembler;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.configuration.layer.Assignment;
import org.spactor.runner.configuration.layer.ConfigurationRequest;
import org.spactor.runner.configuration.layer.Presets;
import org.spactor.runner.configuration.problem.ValueOrigin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options by which commands are told their configuration. A command has it as a field annotated with {@link
 * picocli.CommandLine.Mixin}.
 */
public final class ConfigurationOptions {
    private final Assembler assembler;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Start from a configuration that comes with Spactor. Default: '" + Presets.DEFAULT
                    + "' if there is no --config.")
    private String preset;

    @Option(names = "--config", paramLabel = "FILE", description = "A configuration in YAML, over the preset.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One value, over the file, e.g. training.batch-size=64 or corruptors[0].options.rate=0.2.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--data", paramLabel = "PATH", description = "A file or folder of text; sets data.inputs.")
    private List<String> data = new ArrayList<>();

    @Option(names = "--steps", paramLabel = "N", description = "Sets training.steps.")
    private String steps;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "What is trained on: cpu, cuda, cuda:1 or auto; sets training.device.")
    private String device;

    @Option(names = "--out", paramLabel = "DIR", description = "The run's folder; sets run.directory and run.name.")
    private Path out;

    @Option(names = "--plugins", paramLabel = "DIR", description = "The folder of the plugins; sets plugins.directory.")
    private String plugins;

    private final List<Assignment> own = new ArrayList<>();

    /** Options that are resolved by this assembler. */
    @Inject
    public ConfigurationOptions(Assembler assembler) {
        this.assembler = assembler;
    }

    /**
     * The checked configuration, with its components at hand.
     *
     * @throws org.spactor.runner.configuration.problem.ConfigurationException with everything that is wrong
     */
    public Assembly assemble() {
        return assembler.assemble(request());
    }

    /**
     * Sets one key as a command's own option asks for it; such options win over {@code --set}.
     *
     * @param option the option's name, for messages
     */
    void set(String key, String value, String option) {
        own.add(new Assignment.Text(key, value, ValueOrigin.commandLine(option)));
    }

    /**
     * Takes the configuration of a run that goes on, unless another file is given, and the run's own folder.
     *
     * @throws ParameterException if a preset or another folder is asked for
     */
    void continueRun(Path runFolder, Path configuration) {
        if (preset != null || out != null) {
            throw new ParameterException(
                    command.commandLine(),
                    "--resume goes on with the run's own configuration in the run's own folder: leave out "
                            + (preset != null ? "--preset" : "--out"));
        }
        file = file == null ? configuration : file;
        addFolder(own, runFolder, "--resume");
    }

    /** What was asked for. */
    public ConfigurationRequest request() {
        List<Assignment> all = new ArrayList<>();
        for (String assignment : assignments) {
            all.add(parse(assignment));
        }
        if (!data.isEmpty()) {
            all.add(new Assignment.Texts("data.inputs", data, ValueOrigin.commandLine("--data")));
        }
        if (steps != null) {
            all.add(new Assignment.Text("training.steps", steps, ValueOrigin.commandLine("--steps")));
        }
        if (device != null) {
            all.add(new Assignment.Text("training.device", device, ValueOrigin.commandLine("--device")));
        }
        if (plugins != null) {
            all.add(new Assignment.Text("plugins.directory", plugins, ValueOrigin.commandLine("--plugins")));
        }
        if (out != null) {
            addFolder(all, out, "--out");
        }
        all.addAll(own);
        return new ConfigurationRequest(Optional.ofNullable(preset), Optional.ofNullable(file), all);
    }

    private Assignment parse(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 0) {
            throw new ParameterException(
                    command.commandLine(),
                    "--set takes key=value, such as training.steps=1000, not '" + assignment + "'");
        }
        return Assignment.parse(
                assignment.substring(0, equals).strip(),
                assignment.substring(equals + 1).strip(),
                ValueOrigin.commandLine("--set"));
    }

    private void addFolder(List<Assignment> all, Path path, String option) {
        Path folder = path.normalize();
        if (folder.toString().isEmpty() || folder.endsWith("..")) {
            // These have a name only from the root on.
            folder = folder.toAbsolutePath().normalize();
        }
        if (folder.getFileName() == null) {
            throw new ParameterException(command.commandLine(), option + " cannot be the root of the file system");
        }
        String parent = folder.getParent() == null ? "." : folder.getParent().toString();
        ValueOrigin origin = ValueOrigin.commandLine(option);
        all.add(new Assignment.Text("run.directory", parent, origin));
        all.add(new Assignment.Text("run.name", folder.getFileName().toString(), origin));
    }
}
