package org.spactor.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.runner.RunnerModule;
import picocli.CommandLine;

/** Whatever is set, the command line says what is wrong with it. */
class OddSettingsTest {
    private static final List<String> KEYS = List.of(
            "run",
            "run.name",
            "run.seed",
            "run.directory",
            "data",
            "data.inputs",
            "data.tokenizer",
            "data.input-length",
            "data.validation",
            "data.validation.fraction",
            "data.validation.batches",
            "data.maximum-bad-share",
            "architecture",
            "architecture.name",
            "architecture.options.d-model",
            "architecture.options.heads",
            "architecture.options.layers",
            "architecture.options.dropout",
            "corruptors",
            "corruptors[0].name",
            "corruptors[0].options.noise-density",
            "corruptors[0].options.mean-span-length",
            "corruptors[1].options.rate",
            "corruptors[1].options.mask-id",
            "objective.name",
            "objective.options",
            "curriculum.name",
            "curriculum.options.switch-step",
            "curriculum.options.switch-fraction",
            "curriculum.options.mlm-weight",
            "optimizer.name",
            "optimizer.options.learning-rate",
            "schedule.name",
            "schedule.options.warm-up",
            "training.steps",
            "training.batch-size",
            "training.accumulation",
            "training.replicas",
            "training.threads-per-replica",
            "training.precision",
            "training.recompute",
            "training.clip-norm",
            "training.checkpoint-every",
            "training.non-finite-limit",
            "plugins.directory",
            "no.such.key",
            "training.no-such-key",
            "corruptors[9].name");
    private static final List<String> VALUES =
            List.of("-2147483649", "9223372036854775808", "NaN", "1e400", "[1, {a: b}]", "{", "&a [*a]", "\u0000", "'");

    @TempDir
    private Path folder;

    @Test
    void noneOfHundredsIsAnUnexpectedFailure() {
        List<String> unexpected = new ArrayList<>();
        for (String key : KEYS) {
            for (String value : VALUES) {
                expect(unexpected, key + "=" + value);
            }
        }
        for (String[] settings : new String[][] {
            {"corruptors[0].name=token-mask", "corruptors[1].name=span"},
            {"corruptors=[{name: span}]"},
            {"corruptors=[]"},
            {"data.input-length=2147483647"},
            {"training.batch-size=2147483646"},
            {"training.batch-size=2147483647"},
            {"training.accumulation=2147483647"},
            {"training.replicas=2147483647"},
            {"training.steps=10000000000"},
            {"training.batch-size=7", "training.replicas=2"},
        }) {
            expect(unexpected, settings);
        }

        assertThat(unexpected).isEmpty();
    }

    private void expect(List<String> unexpected, String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("estimate", "--out", folder.resolve("run").toString()));
        for (String setting : settings) {
            arguments.add("--set");
            arguments.add(setting);
        }
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int exitCode;
        try {
            exitCode = Guice.createInjector(new RunnerModule())
                    .getInstance(CommandLine.class)
                    .setOut(out)
                    .setErr(out)
                    .execute(arguments.toArray(String[]::new));
        } catch (RuntimeException | Error e) {
            exitCode = FailureHandler.handle(e, out, false);
        }
        if (text.toString().contains("unexpected failure") || exitCode < 0 || exitCode > 2) {
            unexpected.add(String.join(" ", settings) + ": " + exitCode + " " + text);
        }
    }
}
