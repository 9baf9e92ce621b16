package org.spactor.runner.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Inject;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.SentencePieceTokenizer;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.engine.plan.Profile;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.benchmark.Benchmark;
import org.spactor.runner.benchmark.BenchmarkResult;
import org.spactor.runner.configuration.TrainingSettings;
import org.spactor.runner.device.Devices;
import org.spactor.runner.device.OpenDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how fast a configuration trains on this machine. */
@Command(
        name = "benchmark",
        description = "Measures the first step of a configuration on random tokens; --steps N measures N of them.",
        sortOptions = false)
public final class BenchmarkCommand implements Callable<Integer> {
    private static final int LARGEST_BLOCK = 228;

    private final Devices devices;

    @Spec
    private CommandSpec command;

    @Mixin
    private ConfigurationOptions options;

    @Option(names = "--batch", paramLabel = "N", description = "Sets training.batch-size.")
    private Integer batchSize;

    @Option(names = "--input-length", paramLabel = "N", description = "Sets data.input-length.")
    private Integer inputLength;

    @Option(
            names = "--target-length",
            paramLabel = "N",
            description = "Length of the targets. Default: the corruptors'.")
    private Integer targetLength;

    @Option(
            names = "--vocabulary",
            paramLabel = "ROWS",
            description = "Rows of the embedding. Default: the bundled tokenizer's.")
    private Integer vocabularyRows;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "10",
            description = "Steps measured. Default: 10.")
    private int repetitions;

    @Option(
            names = "--sweep",
            description = "Compare numbers of replicas and of threads in each, on all cores and on fewer.")
    private boolean sweep;

    @Option(
            names = "--profile",
            description = "Print where the time goes, by kind of work; on a card, steps take longer then.")
    private boolean profile;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** A command that measures these devices. */
    @Inject
    public BenchmarkCommand(Devices devices) {
        this.devices = devices;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        Surroundings.warnings().forEach(warning -> err.println("warning: " + warning));
        Surroundings.busyWarnings().forEach(warning -> err.println("warning: " + warning));
        NativeLibraries.useOneThreadPerCall();
        set("training.batch-size", batchSize);
        set("data.input-length", inputLength);
        if (sweep) {
            sweep(out);
        } else {
            report(measure(), out);
        }
        Surroundings.heapWarnings().forEach(warning -> err.println("warning: " + warning));
        return 0;
    }

    private BenchmarkResult measure() {
        Assembly assembly = options.assemble();
        OptionalInt targets = targetLength == null ? OptionalInt.empty() : OptionalInt.of(targetLength);
        try (OpenDevice device =
                devices.open(assembly.configuration().training().deviceName(), profile)) {
            return new Benchmark(assembly.on(device.name()), vocabulary(), targets, device.backend()).run(repetitions);
        }
    }

    private void report(BenchmarkResult result, PrintWriter out) throws JsonProcessingException {
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(result));
        } else {
            print(result, out);
        }
        if (profile) {
            printProfile(result, out);
        }
    }

    /** One line for each way to use one core, two, four, … or all. */
    private void sweep(PrintWriter out) throws JsonProcessingException {
        int cores = Runtime.getRuntime().availableProcessors();
        TrainingSettings settings = options.assemble().configuration().training();
        int examples = settings.batchSize() / settings.accumulation();
        if (!json) {
            out.println("replicas  threads each  forward + backward  whole step     tokens/s        memory");
        }
        for (int replicas = 1; replicas <= cores; replicas++) {
            for (int threads = 1; replicas * threads <= cores; threads++) {
                boolean isPowerOfTwo = Integer.bitCount(replicas * threads) == 1;
                if (examples % replicas != 0 || (!isPowerOfTwo && replicas * threads != cores)) {
                    continue;
                }
                options.set("training.replicas", Integer.toString(replicas), "--sweep");
                options.set("training.threads-per-replica", Integer.toString(threads), "--sweep");
                BenchmarkResult result = measure();
                if (json) {
                    out.println(new ObjectMapper().writeValueAsString(result));
                } else {
                    out.printf(
                            Locale.ROOT,
                            "%8d  %12d  %15.1f ms  %7.1f ms  %,11d  %,9d MB%n",
                            replicas,
                            threads,
                            result.forwardBackwardMs(),
                            result.stepMs(),
                            result.tokensPerSecond(),
                            result.megabytes());
                }
                out.flush();
            }
        }
    }

    private void set(String key, Integer value) {
        if (value != null) {
            options.set(key, value.toString(), "--" + key.substring(key.indexOf('.') + 1));
        }
    }

    private Vocabulary vocabulary() {
        if (vocabularyRows == null) {
            return SentencePieceTokenizer.bundled().vocabulary();
        }
        if (vocabularyRows <= LARGEST_BLOCK) {
            throw new ParameterException(
                    command.commandLine(),
                    "--vocabulary takes more than " + LARGEST_BLOCK + " rows, not " + vocabularyRows);
        }
        return Vocabulary.sample(vocabularyRows - LARGEST_BLOCK, 100, vocabularyRows);
    }

    private static void print(BenchmarkResult result, PrintWriter out) {
        out.printf(Locale.ROOT, "forward + backward  %9.1f ms%n", result.forwardBackwardMs());
        out.printf(
                Locale.ROOT,
                "whole step          %9.1f ms   %,d tokens/s%n",
                result.stepMs(),
                result.tokensPerSecond());
        out.printf(
                Locale.ROOT,
                "matrix products     %9.1f GFLOP/s, %.0f %% of the %s rate of %.1f%n",
                result.gflops(),
                100 * result.share(),
                result.matrixPrecision(),
                result.matrixGflops());
        out.printf(
                Locale.ROOT,
                "                    %9.1f GFLOP a step in %s by %s%n",
                result.gflopPerStep(),
                result.precision(),
                result.productLibrary());
        out.printf(
                Locale.ROOT,
                "data path           %9.2f ms a batch on a thread of its own, %.1f %% of a step%n",
                result.batchMs(),
                100 * result.batchMs() / result.stepMs());
        out.printf(
                Locale.ROOT,
                "memory              %,9d MB; replicas: %d with %d thread%s each; medians of %d steps%n",
                result.megabytes(),
                result.replicas(),
                result.threadsPerReplica(),
                result.threadsPerReplica() == 1 ? "" : "s",
                result.steps());
    }

    /** Times are those of the first replica for one forward and backward pass; the optimizer's for one step. */
    private static void printProfile(BenchmarkResult result, PrintWriter out) {
        double all =
                result.profile().stream().mapToLong(Profile.Entry::nanoseconds).sum();
        out.printf(Locale.ROOT, "%n%-34s %7s %9s %7s %9s%n", "first replica", "count", "ms", "share", "GFLOP/s");
        for (Profile.Entry entry : result.profile()) {
            out.printf(
                    Locale.ROOT,
                    "%-34s %,7d %9.2f %6.1f%% %9s%n",
                    entry.kind(),
                    entry.count(),
                    entry.nanoseconds() / 1e6,
                    100 * entry.nanoseconds() / all,
                    entry.flops() == 0
                            ? ""
                            : String.format(Locale.ROOT, "%.1f", (double) entry.flops() / entry.nanoseconds()));
        }
    }
}
