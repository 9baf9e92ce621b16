package org.spactor.runner.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.data.SentencePieceTokenizer;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.engine.plan.Profile;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.benchmark.Benchmark;
import org.spactor.runner.benchmark.BenchmarkResult;
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

    @Option(names = "--profile", description = "Print where the time goes, by kind of work.")
    private boolean profile;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        NativeLibraries.warnings(System.getenv()).forEach(warning -> err.println("warning: " + warning));
        NativeLibraries.useOneThreadPerCall();
        set("training.batch-size", batchSize);
        set("data.input-length", inputLength);
        Assembly assembly = options.assemble();
        OptionalInt targets = targetLength == null ? OptionalInt.empty() : OptionalInt.of(targetLength);
        BenchmarkResult result = new Benchmark(assembly, vocabulary(), targets).run(repetitions);
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(result));
        } else {
            print(result, out);
        }
        if (profile) {
            printProfile(result, out);
        }
        return 0;
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
        return new Vocabulary(vocabularyRows - LARGEST_BLOCK, 100, vocabularyRows);
    }

    private static void print(BenchmarkResult result, PrintWriter out) {
        out.printf(Locale.ROOT, "forward + backward  %8.1f ms%n", result.forwardBackwardMs());
        out.printf(
                Locale.ROOT,
                "whole step          %8.1f ms   %,d tokens/s%n",
                result.stepMs(),
                result.tokensPerSecond());
        out.printf(
                Locale.ROOT,
                "matrix products     %8.1f GFLOP/s, %.0f %% of the %.1f that this machine reaches%n",
                result.gflops(),
                100 * result.share(),
                result.matrixGflops());
        out.printf(
                Locale.ROOT,
                "                    %8.1f GFLOP a step; %d replicas; %,d MB; medians of %d steps%n",
                result.gflopPerStep(),
                result.replicas(),
                result.megabytes(),
                result.steps());
    }

    /** Times are those of the first replica for one forward and backward pass; the optimizer's for one step. */
    private static void printProfile(BenchmarkResult result, PrintWriter out) {
        double all =
                result.profile().stream().mapToLong(Profile.Entry::nanoseconds).sum();
        out.printf("%n%-34s %7s %9s %7s %9s%n", "first replica", "count", "ms", "share", "GFLOP/s");
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
