package org.spactor.runner.command;

import com.google.inject.Inject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.checkpoint.Checkpoint;
import org.spactor.runner.checkpoint.PluginVersion;
import org.spactor.runner.checkpoint.ResumeCheck;
import org.spactor.runner.checkpoint.RunIdentity;
import org.spactor.runner.checkpoint.TrainingState;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.configuration.TrainingSettings;
import org.spactor.runner.configuration.problem.ConfigurationException;
import org.spactor.runner.configuration.problem.Problem;
import org.spactor.runner.configuration.problem.Suggestions;
import org.spactor.runner.configuration.problem.ValueOrigin;
import org.spactor.runner.report.ConsoleReport;
import org.spactor.runner.report.MetricsFile;
import org.spactor.runner.report.RunLog;
import org.spactor.runner.training.Pretraining;
import org.spactor.runner.training.PretrainingFactory;
import org.spactor.runner.training.Resumption;
import org.spactor.runner.training.RunFolder;
import org.spactor.runner.training.RunListener;
import org.spactor.runner.training.StopRequest;
import org.spactor.runner.training.TrainingData;
import org.spactor.runner.training.TrainingLoop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a model from scratch, or goes on with a run. */
@Command(
        name = "pretrain",
        description = "Pre-trains a model. Without options: preset 'tiny' on the text that comes along, start to end.",
        sortOptions = false)
public final class PretrainCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(PretrainCommand.class);

    private static final String ACCEPT = "--accept-change";
    /** Rare signs are unknown to any tokenizer; from this share on it may be the wrong one. */
    private static final double UNKNOWN_SHARE_TO_TELL = 0.01;

    private final Clock clock;
    private final PretrainingFactory factory;

    @Spec
    private CommandSpec command;

    @Mixin
    private ConfigurationOptions options;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Go on with a run: its folder, for its newest checkpoint, or the folder of one checkpoint, whose"
                            + " later ones are then removed.")
    private Path resume;

    @Option(
            names = ACCEPT,
            paramLabel = "KEY",
            description = "With --resume: go on although this key is not as it was in the checkpoint.")
    private Set<String> accepted = new HashSet<>();

    /** A command that reads the time from this clock and prepares runs with this factory. */
    @Inject
    public PretrainCommand(Clock clock, PretrainingFactory factory) {
        this.clock = clock;
        this.factory = factory;
    }

    @Override
    public Integer call() {
        Surroundings.warnings().forEach(warning -> out().println("warning: " + warning));
        NativeLibraries.useOneThreadPerCall();
        if (resume == null && !accepted.isEmpty()) {
            throw new ParameterException(command.commandLine(), ACCEPT + " goes with --resume");
        }
        return resume == null ? begin() : goOn();
    }

    private int begin() {
        Assembly assembly = options.assemble();
        SpactorConfiguration configuration = assembly.configuration();
        try (RunFolder folder = RunFolder.create(configuration.run().folder(), configuration)) {
            return run(assembly, folder, Optional.empty());
        }
    }

    private int goOn() {
        try (RunFolder folder = RunFolder.open(Resumption.runFolder(resume))) {
            Optional<Checkpoint> checkpoint = Resumption.checkpoint(folder, resume);
            options.continueRun(folder.path(), folder.configuration());
            Assembly assembly = assemble(checkpoint);
            if (checkpoint.isEmpty()) {
                out().println("resumes at the start: there is no checkpoint yet");
                return run(assembly, folder, checkpoint);
            }
            Resumption resumption = resumption(folder, checkpoint.get());
            assembly = resumption.withWhatItChose(assembly);
            requireKnown(resumption.keys(assembly));
            tell(resumption.checkConfiguration(assembly));
            TrainingState state = checkpoint.get().state();
            long steps = assembly.configuration().training().steps();
            if (state.step() >= steps) {
                out().printf(
                                Locale.ROOT,
                                "nothing to do: %s has made %,d of %,d steps. For more: --steps N%n",
                                checkpoint.get().folder(),
                                state.step(),
                                steps);
                return 0;
            }
            out().printf(
                            Locale.ROOT,
                            "resumes behind step %,d of %,d, from %s%n",
                            state.step(),
                            steps,
                            checkpoint.get().folder());
            return run(assembly, folder, checkpoint);
        }
    }

    /** A component that is not there any more may have come from a plugin; the checkpoint knows which it had. */
    private Assembly assemble(Optional<Checkpoint> checkpoint) {
        try {
            return options.assemble();
        } catch (ConfigurationException e) {
            List<Problem> problems = new ArrayList<>(e.problems());
            if (checkpoint.isPresent()) {
                for (PluginVersion plugin : checkpoint.get().manifest().origin().plugins()) {
                    problems.add(new Problem(
                            "plugins." + plugin.id(),
                            "the checkpoint was made with plugin '" + plugin.id() + "' " + plugin.version()
                                    + ", SHA-256 " + plugin.sha256() + ". If it is not there, put its jar into the"
                                    + " folder of plugins, or name its folder with --plugins; another version goes on"
                                    + " with " + ACCEPT + " plugins." + plugin.id(),
                            ValueOrigin.DEFAULT));
                }
            }
            throw new ConfigurationException("what is to go on", problems);
        }
    }

    private int run(Assembly assembly, RunFolder folder, Optional<Checkpoint> checkpoint) {
        Instant start = clock.instant();
        StopRequest stop = new StopRequest();
        TrainingState end;
        try (RunLog file = RunLog.to(folder.log())) {
            end = prepareAndTrain(assembly, folder, checkpoint, stop);
        }
        if (end.step() < assembly.configuration().training().steps()) {
            out().printf(
                            Locale.ROOT,
                            "stopped after step %,d, with a checkpoint. To go on:%n  %s%n",
                            end.step(),
                            commandThatResumes(folder.path()));
            return stop.exitCode().orElseThrow();
        }
        Duration took = Duration.between(start, clock.instant());
        out().printf(
                        Locale.ROOT,
                        "done in %d:%02d. The run is in %s%n",
                        took.toMinutes(),
                        took.toSecondsPart(),
                        folder.path());
        return 0;
    }

    private TrainingState prepareAndTrain(
            Assembly assembly, RunFolder folder, Optional<Checkpoint> checkpoint, StopRequest stop) {
        try (StopSignals signals = new StopSignals(stop, out());
                Pretraining run = factory.prepare(assembly, folder, assembly.plugins())) {
            describe(run);
            if (checkpoint.isPresent()) {
                Resumption resumption = resumption(folder, checkpoint.get());
                List<RunIdentity.Difference> ofData = resumption.checkData(run);
                tell(ofData);
                List<RunIdentity.Difference> all = new ArrayList<>(resumption.checkConfiguration(assembly));
                all.addAll(ofData);
                resumption
                        .restore(run, folder, assembly.configuration(), all)
                        .forEach(path -> out().println("removed " + path));
            } else {
                folder.writeConfiguration(assembly.configuration());
            }
            TrainingState from = checkpoint.map(Checkpoint::state).orElse(TrainingState.START);
            return train(run, folder, from, stop, signals);
        } catch (RuntimeException | Error e) {
            // the run's log is closed when the command's failure is told
            log.error("the run failed", e);
            throw e;
        }
    }

    private void requireKnown(Set<String> keys) {
        for (String key : accepted) {
            if (!keys.contains(key)) {
                throw new ParameterException(
                        command.commandLine(), ACCEPT + ": " + Suggestions.noSuch("key", key, keys));
            }
        }
    }

    private Resumption resumption(RunFolder folder, Checkpoint checkpoint) {
        return new Resumption(checkpoint, new ResumeCheck(accepted, folder.accepted(checkpoint.folder()), ACCEPT));
    }

    private TrainingState train(
            Pretraining run, RunFolder folder, TrainingState from, StopRequest stop, StopSignals signals) {
        TrainingSettings settings = run.settings();
        boolean terminal = System.console() != null;
        try (MetricsFile metrics = new MetricsFile(folder.metrics(), from, settings.logEvery(), clock);
                ConsoleReport console =
                        new ConsoleReport(out(), terminal, from, settings.steps(), settings.logEvery(), clock)) {
            signals.trainingBegins();
            metrics.damaged()
                    .ifPresent(copy -> out().println("warning: some lines of " + folder.metrics()
                            + " could not be read and were left out; the file as it was is " + copy));
            try (TrainingLoop loop = new TrainingLoop(run, from, RunListener.all(List.of(metrics, console)), stop)) {
                return loop.train();
            }
        }
    }

    private void describe(Pretraining run) {
        TrainingData data = run.data();
        data.report().lines().forEach(out()::println);
        run.warnings().forEach(warning -> out().println("warning: " + warning));
        out().printf(
                        Locale.ROOT,
                        "data    %,d tokens to train on, %,d held out; segments of %d tokens%n",
                        data.trainingTokens(),
                        data.validationTokens(),
                        data.segmentTokens());
        if (data.unknownShare() > UNKNOWN_SHARE_TO_TELL) {
            out().printf(
                            Locale.ROOT,
                            "        %.1f %% of the tokens are <unk>: text that the tokenizer does not know%n",
                            100 * data.unknownShare());
        }
        out().printf(Locale.ROOT, "device  %s%n", run.device());
        out().printf(
                        Locale.ROOT,
                        "model   %,d parameters; %.1f GFLOP a step; %,d MB; %d replicas%n",
                        run.parameters().elements(),
                        run.flopsPerStep(run.firstStep().active()) / 1e9,
                        run.bytes() / 1_000_000,
                        run.replicas());
        out().flush();
    }

    private void tell(List<RunIdentity.Difference> differences) {
        differences.forEach(difference -> out().println("changed " + difference));
    }

    private static String commandThatResumes(Path runFolder) {
        String path = runFolder.toString();
        String word = path.matches("[\\w./+:@%=-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
        return System.getProperty("spactor.command", "spactor") + " pretrain --resume " + word;
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
