package org.spactor.runner.configuration.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.runner.configuration.problem.ConfigurationException;
import org.spactor.runner.configuration.problem.ValueOrigin;

class ConfigurationLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void withNeitherPresetNorFileThePresetTinyIsTaken() {
        LayeredConfiguration layers = load(null, null);
        assertThat(text(layers, "architecture.options.d-model")).isEqualTo("128");
        assertThat(origin(layers, "architecture.options.d-model")).isEqualTo("preset tiny");
        assertThat(layers.title()).isEqualTo("the configuration");
    }

    @Test
    void withAFileNoPresetIsTakenUnlessAskedFor() {
        assertThat(place(load(null, "training: {batch-size: 8}"), "training.steps")
                        .isPresent())
                .isFalse();
        assertThat(text(load("tiny", "training: {batch-size: 8}"), "training.steps"))
                .isEqualTo("1200");
    }

    @Test
    void laterLayersWinAndEveryValueKnowsItsOrigin() {
        LayeredConfiguration layers = load("tiny", """
                # a comment
                training:
                  steps: 7

                  batch-size: 8
                """, "training.batch-size=9");

        assertThat(text(layers, "training.validate-every")).isEqualTo("100");
        assertThat(origin(layers, "training.validate-every")).isEqualTo("preset tiny");
        assertThat(text(layers, "training.steps")).isEqualTo("7");
        assertThat(origin(layers, "training.steps")).isEqualTo(file() + ":3");
        assertThat(text(layers, "training.batch-size")).isEqualTo("9");
        assertThat(origin(layers, "training.batch-size")).isEqualTo("--set");
        assertThat(text(layers, "objective.name")).isEqualTo("spactor");
        assertThat(origin(layers, "objective.name")).isEqualTo("default");
    }

    @Test
    void ofTwoAssignmentsTheLaterOneWins() {
        assertThat(text(load(null, null, "training.steps=1", "training.steps=2"), "training.steps"))
                .isEqualTo("2");
    }

    @Test
    void aListReplacesTheOneBelowAsAWhole() {
        LayeredConfiguration layers = load(null, "corruptors: [{name: span, options: {noise-density: 0.3}}]");
        assertThat(place(layers, "corruptors").elements()).hasSize(1);
        assertThat(place(load(null, "corruptors: []"), "corruptors").elements()).isEmpty();
        assertThat(place(load(null, "corruptors: []"), "corruptors").shape()).isEqualTo(Shape.LIST);
    }

    @Test
    void anElementOfAListCanBeOverridden() {
        LayeredConfiguration layers = load(
                null,
                "corruptors: [{name: span, options: {noise-density: 0.3, mean-span-length: 5}}, {name: token-mask}]",
                "corruptors[0].options.noise-density=0.2",
                "corruptors[1].options.rate=0.1");

        assertThat(place(layers, "corruptors").elements()).hasSize(2);
        assertThat(text(layers, "objective.name")).isEqualTo("spactor");
        assertThat(text(layers, "corruptors[0].options.noise-density")).isEqualTo("0.2");
        assertThat(text(layers, "corruptors[0].options.mean-span-length")).isEqualTo("5");
        assertThat(text(layers, "corruptors[1].options.rate")).isEqualTo("0.1");
    }

    @Test
    void anElementCanBeAppendedButLeavesNoGap() {
        LayeredConfiguration layers = load(null, null, "corruptors[2].name=shuffle");
        assertThat(place(layers, "corruptors").elements())
                .extracting(element -> element.child("name").text())
                .containsExactly("span", "token-mask", "shuffle");

        assertProblems(
                () -> load(null, null, "corruptors[3].name=shuffle"),
                "1 problem in the configuration",
                "  corruptors[3]: there is no corruptors[2] before it  (--set)");
    }

    @Test
    void anAssignmentCanGiveAListOrAMapping() {
        LayeredConfiguration layers =
                load(null, null, "data.inputs=[a.txt, b.txt]", "schedule={name: linear, options: {warm-up: 5}}");
        assertThat(place(layers, "data.inputs").elements())
                .extracting(ConfigurationNode::text)
                .containsExactly("a.txt", "b.txt");
        assertThat(text(layers, "schedule.options.warm-up")).isEqualTo("5");
    }

    @Test
    void theTextOfAnAssignmentIsTakenAsItIs() {
        LayeredConfiguration layers = load(null, null, "data.tokenizer=C:\\a: b#c=d", "run.name=\"[x]\"");
        assertThat(text(layers, "data.tokenizer")).isEqualTo("C:\\a: b#c=d");
        assertThat(text(layers, "run.name")).isEqualTo("[x]");
    }

    @Test
    void namingAnotherComponentDropsTheOptionsOfTheOneBelow() {
        LayeredConfiguration layers = load(
                "tiny", "optimizer: {options: {decay: 0.1}}", "optimizer.options.momentum=0.9", "optimizer.name=sgd");
        assertThat(place(layers, "optimizer.options").names()).containsExactly("momentum");

        assertThat(place(load("tiny", "optimizer: {name: sgd}"), "optimizer.options")
                        .isPresent())
                .isFalse();
    }

    @Test
    void namingTheSameComponentKeepsItsOptions() {
        LayeredConfiguration layers =
                load("tiny", "optimizer: {name: adamw}", "optimizer.name=adamw", "optimizer.options.decay=0.1");
        assertThat(place(layers, "optimizer.options").names()).containsExactly("learning-rate", "decay");
    }

    @Test
    void namingAnotherComponentInAListDropsTheOptionsOfThatElement() {
        LayeredConfiguration layers = load(
                null,
                "corruptors: [{name: span, options: {a: 1}}, {name: token-mask, options: {b: 1}}]",
                "corruptors[0].name=prefix");
        assertThat(place(layers, "corruptors[0].options").isPresent()).isFalse();
        assertThat(place(layers, "corruptors[1].options").names()).containsExactly("b");
    }

    @Test
    void aKeyWithoutAValueIsAsIfItWereNotThere() {
        assertThat(text(load("tiny", "training:\n  steps:\ndata: ~\n"), "training.steps"))
                .isEqualTo("1200");
        assertThat(text(load(null, ""), "objective.name")).isEqualTo("spactor");
    }

    @Test
    void aRunWithoutANameIsCalledAfterWhatWasAskedForAndTheTime() {
        assertThat(text(load(null, null), "run.name")).isEqualTo("tiny-20260301-120000");
        assertThat(text(load("tiny", "training: {}"), "run.name")).isEqualTo("run-20260301-120000");
        assertThat(text(load("tiny", "run: {name: mine}"), "run.name")).isEqualTo("mine");
    }

    @Test
    void whatIsWrittenWronglyIsReportedWithItsLine() {
        assertProblems(
                () -> load(null, """
                training:
                  steps: 1
                  batch-size: 2
                  steps: 3
                """),
                "1 problem in " + file(),
                "  training.steps: given twice, the first time at " + file() + ":2  (" + file() + ":4)");
        assertProblems(
                () -> load(null, "training.batch-size: 2\n"),
                "1 problem in " + file(),
                "  training.batch-size: keys are nested in a file: write 'batch-size' below 'training'  (" + file()
                        + ":1)");
        assertProblems(
                () -> load(null, "- a\n"),
                "1 problem in " + file(),
                "  expected a mapping of keys such as 'training:' at the top  (" + file() + ":1)");
        assertProblems(
                () -> load(null, "data: &d\n  inputs: *d\n"),
                "1 problem in " + file(),
                "  data.inputs: refers to what encloses it  (" + file() + ":2)");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(null, "training:\n  steps: 1\n batch-size: 2\n"))
                .withMessageStartingWith("1 problem in " + file() + "\n  not valid YAML: ")
                .withMessageEndingWith("(" + file() + ":3)");
    }

    @Test
    void whatCannotBeReadIsReportedAtOnce() {
        List<Assignment> assignments = List.of(
                Assignment.parse("training..steps", "1", ValueOrigin.commandLine("--set")),
                Assignment.parse("data.inputs", "[a", ValueOrigin.commandLine("--set")));
        ConfigurationRequest request =
                new ConfigurationRequest(Optional.of("tinny"), Optional.of(Path.of("absent.yaml")), assignments);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TestLayers.loader().load(request))
                .withMessageStartingWith("4 problems in absent.yaml\n"
                        + "  --preset: no preset 'tinny'. Did you mean 'tiny'?  Available: ")
                .withMessageContaining("\n  --config: no file 'absent.yaml'\n"
                        + "  'training..steps' is not a key such as 'training.steps' or 'corruptors[0].name'  (--set)\n"
                        + "  data.inputs: not valid YAML: ");
    }

    private static void assertProblems(Runnable load, String... lines) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(load::run)
                .withMessage(String.join("\n", lines));
    }

    @Test
    @Timeout(20)
    void aliasesOfAliasesNestingAndLengthAreBounded() {
        StringBuilder aliases = new StringBuilder("a0: &a0 [x, x, x]\n");
        for (int level = 1; level < 16; level++) {
            String below = "*a" + (level - 1);
            aliases.append("a%d: &a%d [%s, %s, %s]\n".formatted(level, level, below, below, below));
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(null, aliases.toString()))
                .withMessageStartingWith("1 problem in " + file())
                .withMessageContaining("more than 20000 keys and values with what aliases (*name) stand for");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(null, "a: " + "[".repeat(100_000) + "]".repeat(100_000)))
                .withMessageStartingWith("1 problem in " + file() + "\n  not valid YAML: ");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(null, "# long\n".repeat(200_000)))
                .withMessageContaining("is longer than 1000000 characters: is it a configuration?");
    }

    private LayeredConfiguration load(String preset, String yaml, String... assignments) {
        List<Assignment> parsed = new ArrayList<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            parsed.add(Assignment.parse(
                    assignment.substring(0, equals),
                    assignment.substring(equals + 1),
                    ValueOrigin.commandLine("--set")));
        }
        try {
            if (yaml != null) {
                Files.writeString(file(), yaml);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Optional<Path> file = yaml == null ? Optional.empty() : Optional.of(file());
        return TestLayers.loader().load(new ConfigurationRequest(Optional.ofNullable(preset), file, parsed));
    }

    private Path file() {
        return folder.resolve("run.yaml");
    }

    private static ConfigurationNode place(LayeredConfiguration layers, String key) {
        return layers.root().at(KeyPath.parse(key));
    }

    private static String text(LayeredConfiguration layers, String key) {
        return place(layers, key).text();
    }

    private static String origin(LayeredConfiguration layers, String key) {
        return place(layers, key).origin().toString();
    }
}
