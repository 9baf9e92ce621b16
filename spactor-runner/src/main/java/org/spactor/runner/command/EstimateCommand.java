package org.spactor.runner.command;

import com.google.inject.Inject;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.spactor.data.Tokenizer;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.device.Devices;
import org.spactor.runner.device.OpenDevice;
import org.spactor.runner.device.Room;
import org.spactor.runner.training.DataPreparation;
import org.spactor.runner.training.Estimate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a configuration costs, without training. */
@Command(
        name = "estimate",
        description = "Prints parameters, memory and FLOPs of every stage of a configuration, without training.",
        sortOptions = false)
public final class EstimateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ConfigurationOptions options;

    private final Devices devices;

    /** A command that looks at the memory of these devices. */
    @Inject
    public EstimateCommand(Devices devices) {
        this.devices = devices;
    }

    @Override
    public Integer call() {
        Assembly asked = options.assemble();
        try (OpenDevice device = devices.open(asked.configuration().training().deviceName())) {
            estimate(asked.on(device.name()), device.room());
        }
        return 0;
    }

    private void estimate(Assembly assembly, Room room) {
        Tokenizer tokenizer = new DataPreparation(assembly.configuration()).tokenizer();
        PrintWriter out = command.commandLine().getOut();
        Components components = assembly.create(tokenizer.vocabulary());
        components.warnings().forEach(warning -> out.println("warning: " + warning));
        Estimate estimate = Estimate.of(assembly.configuration(), components);
        print(estimate, out);
        long most = estimate.stages().stream()
                .mapToLong(Estimate.Stage::bytes)
                .max()
                .orElse(0);
        out.printf(
                Locale.ROOT, "%nthere are %s%s%n", room.description(), most > room.bytes() ? ": it does not fit" : "");
    }

    private static void print(Estimate estimate, PrintWriter out) {
        out.printf(Locale.ROOT, "%,d parameters; %d replicas%n%n", estimate.parameters(), estimate.replicas());
        out.printf(
                Locale.ROOT,
                "%-18s %9s %13s %9s %14s %10s%n",
                "stage",
                "steps",
                "trained",
                "memory",
                "GFLOP a step",
                "TFLOP");
        for (Estimate.Stage stage : estimate.stages()) {
            out.printf(
                    Locale.ROOT,
                    "%-18s %,9d %,13d %,6d MB %,14.1f %,10.1f%n",
                    stage.name(),
                    stage.steps(),
                    stage.trained(),
                    stage.bytes() / 1_000_000,
                    stage.flopsPerStep() / 1e9,
                    (double) stage.flopsPerStep() * stage.steps() / 1e12);
        }
        out.printf(Locale.ROOT, "%-18s %51s %,13.1f%n", "all", "", estimate.flops() / 1e12);
    }
}
