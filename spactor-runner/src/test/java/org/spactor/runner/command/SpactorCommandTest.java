package org.spactor.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.data.DataException;
import org.spactor.runner.RunnerModule;
import org.spactor.runner.component.ComponentRegistryFactory;
import org.spactor.runner.component.TestComponents;
import org.spactor.runner.configuration.ConfigurationWriter;
import org.spactor.runner.configuration.SpactorConfiguration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

class SpactorCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private CommandLine commandLine;

    @Command(name = "show", description = "Shows the configuration.")
    static final class ShowCommand implements Callable<Integer> {
        @Mixin
        private ConfigurationOptions configuration;

        @Spec
        private CommandSpec command;

        @Override
        public Integer call() {
            SpactorConfiguration resolved = configuration.assemble().configuration();
            command.commandLine().getOut().print(ConfigurationWriter.toYaml(resolved));
            return 0;
        }
    }

    @Command(name = "fail")
    static final class FailCommand implements Callable<Integer> {
        private RuntimeException failure = new IllegalStateException("first line\nsecond line");

        @Override
        public Integer call() {
            throw failure;
        }
    }

    private final FailCommand fail = new FailCommand();

    @BeforeEach
    void createCommandLine() {
        commandLine = Guice.createInjector(Modules.override(new RunnerModule()).with(new AbstractModule() {
                    @Override
                    protected void configure() {
                        bind(ComponentRegistryFactory.class).toInstance(TestComponents.factory("standard"));
                    }
                }))
                .getInstance(CommandLine.class);
        commandLine.addSubcommand(new CommandLine(new ShowCommand(), commandLine.getFactory()));
        commandLine.addSubcommand(fail);
        FailureHandler failures = new FailureHandler();
        commandLine
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }

    @Test
    void describesAComponentWithItsOptions() {
        assertThat(run("describe", "corruptor", "span")).isZero();
        assertThat(out.toString()).isEqualTo("""
                        span, corruptor [built-in]
                          Hides spans of tokens, each behind a sentinel, and makes targets of what was
                          hidden.
                          Source: Raffel et al., Exploring the limits of transfer learning, section
                          3.1.4

                          KEY               TYPE           DEFAULT  RANGE
                          noise-density     number         0.15     (0, 1)
                              Share of a segment's tokens that are noise (default: T5)
                          mean-span-length  number         3.0      [1, inf)
                              Mean length of a span in tokens, which may be any number that is not less
                              than one because lengths are drawn
                          ends              choice         keep
                              What is done with the ends
                              Range: keep, cut-off, replace-by-a-sentinel, leave-to-the-next-segment
                          words             list of texts  []
                              Words that are never noise
                        """);
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void describesAComponentWithoutOptions() {
        assertThat(run("describe", "optimizer", "adafactor")).isZero();
        assertThat(out.toString()).isEqualTo("""
                        adafactor, optimizer [built-in]
                          Does nothing under the name adafactor.

                        It has no options.
                        """);
    }

    @Test
    void listsTheComponentsOfAKind() {
        assertThat(run("describe", "corruptor")).isZero();
        assertThat(out.toString()).isEqualTo("""
                        Corruptors
                          span [built-in]
                              Hides spans of tokens, each behind a sentinel, and makes targets of what
                              was hidden
                          token-mask [built-in]
                              Does nothing under the name token-mask

                        """);
    }

    @Test
    void listsTheComponentsOfAllKinds() {
        assertThat(run("describe")).isZero();
        assertThat(out.toString().lines().filter(line -> !line.isEmpty() && !line.startsWith(" ")))
                .containsExactly("Architectures", "Corruptors", "Objectives", "Curricula", "Optimizers", "Schedules");
    }

    @Test
    void suggestsWhatToDescribe() {
        assertThat(run("describe", "corruptor", "spam")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("""
                        spactor describe: no corruptor 'spam'. Did you mean 'span'?  Available: span, token-mask [built-in]
                        Try 'spactor describe --help'.
                        """);
    }

    @Test
    void helpListsTheCommandsAndExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("describe", "Lists the components", "wrong usage or configuration");
    }

    @Test
    void aCommandHasHelp() {
        assertThat(run("show", "--help")).isZero();
        assertThat(out.toString()).contains("--preset=NAME", "--config=FILE", "--set=KEY=VALUE", "--steps=N");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("spactor ");
    }

    @Test
    void withoutACommandTheUsageIsShown() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("Usage: spactor");
    }

    @Test
    void suggestsACommand() {
        assertThat(run("descrbe")).isEqualTo(2);
        assertThat(err.toString()).startsWith("spactor: no command 'descrbe'. Did you mean 'describe'?  Available: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stesp", "--presets"})
    void unknownOptionsAreWrongUsage(String option) {
        assertThat(run("show", option, "1")).isEqualTo(2);
        assertThat(err.toString()).contains(option, "Try 'spactor show --help'.");
    }

    @Test
    void optionsBecomeTheConfiguration() throws IOException {
        Path file = write("training: {steps: 5, batch-size: 4}\ndata: {inputs: [x, y, z]}");
        int exitCode = run(
                "show",
                "--config=" + file,
                "--set=training.batch-size=6",
                "--set",
                "corruptors[0].options.ends=cut-off",
                "--data=a.txt",
                "--data=b, c",
                "--steps=7",
                "--out=some/folder");

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("  name: folder\n")
                .contains("  directory: some\n")
                .contains("  inputs:\n      - a.txt\n      - b, c\n    tokenizer")
                .contains("  ends: cut-off\n")
                .contains("  steps: 7\n")
                .contains("  batch-size: 6\n");
    }

    @Test
    void aFolderForTheRunInTheWorkingDirectoryIsRelativeToIt() throws IOException {
        assertThat(run("show", "--config=" + write(""), "--steps=1", "--out=x/../folder/"))
                .isZero();
        assertThat(out.toString()).contains("  name: folder\n").contains("  directory: .\n");
    }

    @Test
    void allProblemsOfTheConfigurationArePrinted() throws IOException {
        Path file = write("corruptors: [{name: spna}]\n");
        assertThat(run("show", "--config=" + file, "--steps=many")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("2 problems in " + file + "\n"
                        + "  corruptors[0].name: no corruptor 'spna'. Did you mean 'span'?"
                        + "  Available: span, token-mask [built-in]  (" + file + ":1)\n"
                        + "  training.steps: 'many' is not a whole number within [1, 100000000]  (--steps)\n");
    }

    @Test
    void anAssignmentWithoutAValueIsWrongUsage() {
        assertThat(run("show", "--set=training.steps")).isEqualTo(2);
        assertThat(err.toString()).contains("--set takes key=value", "'training.steps'");
    }

    @Test
    void anUnexpectedFailureIsOneLine() {
        assertThat(run("fail")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("unexpected failure: java.lang.IllegalStateException: first line. --debug shows where\n");
    }

    @Test
    void theStackTraceIsShownIfAskedFor() {
        assertThat(run("fail", "--debug")).isEqualTo(1);
        assertThat(err.toString()).contains("at " + FailCommand.class.getName());
    }

    @Test
    void whatTheUserCanMendIsSaidPlainly() {
        fail.failure = new DataException("line 3 of a.jsonl is not JSON");
        assertThat(run("fail")).isEqualTo(1);
        fail.failure = new UncheckedIOException(new NoSuchFileException("a.txt"));
        assertThat(run("fail")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("line 3 of a.jsonl is not JSON\nno file or folder 'a.txt'\n");
    }

    private int run(String... arguments) {
        return commandLine.execute(arguments);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("run.yaml"), yaml);
    }
}
