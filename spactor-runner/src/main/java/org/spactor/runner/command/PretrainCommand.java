package org.spactor.runner.command;

import com.google.inject.Inject;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.report.ConsoleReport;
import org.spactor.runner.report.MetricsFile;
import org.spactor.runner.report.RunLog;
import org.spactor.runner.training.Pretraining;
import org.spactor.runner.training.PretrainingFactory;
import org.spactor.runner.training.RunFolder;
import org.spactor.runner.training.RunListener;
import org.spactor.runner.training.TrainingData;
import org.spactor.runner.training.TrainingLoop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Trains a model from scratch. */
@Command(
        name = "pretrain",
        description = "Pre-trains a model. Without options: preset 'tiny' on the text that comes along, start to end.",
        sortOptions = false)
public final class PretrainCommand implements Callable<Integer> {
    private final Clock clock;

    @Spec
    private CommandSpec command;

    @Mixin
    private ConfigurationOptions options;

    /** A command that reads the time from this clock. */
    @Inject
    public PretrainCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Instant start = clock.instant();
        PrintWriter out = command.commandLine().getOut();
        Surroundings.warnings().forEach(warning -> out.println("warning: " + warning));
        NativeLibraries.useOneThreadPerCall();
        Assembly assembly = options.assemble();
        SpactorConfiguration configuration = assembly.configuration();
        RunFolder folder = RunFolder.create(configuration.run().folder(), configuration);
        try (RunLog log = RunLog.to(folder.log());
                Pretraining run = PretrainingFactory.prepare(assembly, folder)) {
            describe(run, out);
            train(run, folder, configuration, out);
        }
        Duration took = Duration.between(start, clock.instant());
        out.printf(
                Locale.ROOT,
                "done in %d:%02d. The run is in %s%n",
                took.toMinutes(),
                took.toSecondsPart(),
                folder.path());
        return 0;
    }

    private void train(Pretraining run, RunFolder folder, SpactorConfiguration configuration, PrintWriter out) {
        int every = configuration.training().logEvery();
        boolean terminal = System.console() != null;
        try (MetricsFile metrics = new MetricsFile(folder.metrics(), every, clock);
                ConsoleReport console = new ConsoleReport(
                        out, terminal, configuration.training().steps(), every, clock)) {
            new TrainingLoop(run, RunListener.all(metrics, console)).train();
        }
    }

    private static void describe(Pretraining run, PrintWriter out) {
        TrainingData data = run.data();
        data.report().lines().forEach(out::println);
        out.printf(
                Locale.ROOT,
                "data    %,d tokens to train on, %,d held out; segments of %d tokens%n",
                data.trainingTokens(),
                data.validationTokens(),
                data.segmentTokens());
        out.printf(
                Locale.ROOT,
                "model   %,d parameters; %.1f GFLOP a step; %,d MB; %d replicas%n",
                run.parameters().elements(),
                run.flopsPerStep(run.firstStep().active()) / 1e9,
                run.bytes() / 1_000_000,
                run.replicas());
        out.flush();
    }
}
