package org.spactor.runner.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.component.Option;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.runner.configuration.layer.Assignment;
import org.spactor.runner.configuration.layer.ConfigurationRequest;
import org.spactor.runner.configuration.layer.LayeredConfiguration;
import org.spactor.runner.configuration.layer.TestLayers;
import org.spactor.runner.configuration.option.OptionRow;
import org.spactor.runner.configuration.option.OptionsDescription;
import org.spactor.runner.configuration.problem.ConfigurationException;
import org.spactor.runner.configuration.problem.Suggestions;
import org.spactor.runner.configuration.problem.ValueOrigin;

class ConfigurationResolverTest {
    private static final Map<String, List<String>> COMPONENTS = Map.of(
            "architecture", List.of("t5"),
            "corruptor", List.of("span", "token-mask"),
            "objective", List.of("spactor"),
            "curriculum", List.of("two-stage"),
            "optimizer", List.of("adafactor", "adamw"),
            "schedule", List.of("inverse-square-root"));

    record TestOptions(
            @Option(description = "Share of noise", defaultValue = "0.15", range = "(0, 1)")
            double noiseDensity,

            @Option(description = "Words", defaultValue = "")
            List<String> words) {}

    @TempDir
    private Path folder;

    @Test
    void everyKeyHasThisDefault() {
        List<String> defaults = new ArrayList<>();
        defaults.addAll(describe("run", RunSettings.class));
        defaults.addAll(describe("data", DataSettings.class));
        defaults.addAll(describe("training", TrainingSettings.class));
        defaults.addAll(describe("plugins", PluginSettings.class));

        assertThat(defaults)
                .containsExactly(
                        "run.name: ''",
                        "run.seed: 17",
                        "run.directory: runs",
                        "data.inputs: []",
                        "data.tokenizer: bundled",
                        "data.input-length: 512  [8, 65536]",
                        "data.validation.fraction: 0.01  [0, 1)",
                        "data.validation.batches: 16  [1, inf)",
                        "data.maximum-bad-share: 0.01  [0, 1]",
                        "data.maximum-unknown-share: 0.1  [0, 1]",
                        "training.steps: required  [1, 100000000]",
                        "training.batch-size: 128  [1, inf)",
                        "training.accumulation: 1  [1, inf)",
                        "training.replicas: auto",
                        "training.threads-per-replica: 1  [1, inf)",
                        "training.precision: float32  float32, bfloat16",
                        "training.recompute: none  none, blocks",
                        "training.clip-norm: 1.0  [0, inf)",
                        "training.log-every: 10  [1, inf)",
                        "training.validate-every: 500  [0, inf)",
                        "training.checkpoint-every: 1000  [0, inf)",
                        "training.keep-checkpoints: 3  [1, inf)",
                        "training.keep-every: 0  [0, inf)",
                        "training.non-finite-limit: 10  [0, inf)",
                        "training.device: cpu",
                        "plugins.directory: plugins");
    }

    @Test
    void theDefaultsAreWhatAConfigurationWithoutKeysGives() {
        TestOptions options = new TestOptions(0.15, List.of());
        assertThat(resolve("training: {steps: 9}").values())
                .isEqualTo(new SpactorConfiguration(
                        new RunSettings("run-20260301-120000", 17, "runs"),
                        new DataSettings(List.of(), "bundled", 512, new ValidationSettings(0.01, 16), 0.01, 0.1),
                        new ComponentChoice("t5", options),
                        List.of(new ComponentChoice("span", options), new ComponentChoice("token-mask", options)),
                        new ComponentChoice("spactor", options),
                        new ComponentChoice("two-stage", options),
                        new ComponentChoice("adafactor", options),
                        new ComponentChoice("inverse-square-root", options),
                        new TrainingSettings(
                                9,
                                128,
                                1,
                                "auto",
                                1,
                                Precision.FLOAT32,
                                Recompute.NONE,
                                1.0,
                                10,
                                500,
                                1000,
                                3,
                                0,
                                10,
                                "cpu"),
                        new PluginSettings("plugins")));
    }

    @Test
    void allProblemsAreReportedAtOnceWithKeyAndLine() {
        String file = write("""
                corruptors:
                  - name: spna
                  - name: span
                    options:
                      noise-density: 1.4
                objective: spactor
                training:
                  steps: 100
                  batchsize: 3
                """);

        assertProblems(
                this::resolveFile,
                "6 problems in " + file,
                "  corruptors[0].name: no corruptor 'spna'. Did you mean 'span'?  Available: span, token-mask  (" + file
                        + ":2)",
                "  corruptors[1].options.noise-density: 1.4 is not within (0, 1)  (" + file + ":5)",
                "  objective: expected {name: …, options: {…}}, but found 'spactor'  (" + file + ":6)",
                "  optimizer.options.rate: unknown key. Known here: noise-density, words  (--set)",
                "  training.batchsize: unknown key. Did you mean 'training.batch-size'?  (" + file + ":9)",
                "  trainig: unknown key. Did you mean 'training'?  (--set)");
    }

    private void resolveFile() {
        resolve(
                Optional.of(folder.resolve("run.yaml")),
                Assignment.parse("optimizer.options.rate", "1", ValueOrigin.commandLine("--set")),
                Assignment.parse("trainig.steps", "1", ValueOrigin.commandLine("--set")));
    }

    @Test
    void componentsOfAWrongShapeAreReported() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> resolve("""
                        training: {steps: 1}
                        corruptors: {name: span}
                        curriculum: {options: {}}
                        schedule: {name: [a], option: {}}
                        """))
                .satisfies(exception -> assertThat(exception.problems())
                        .extracting(problem -> problem.key() + ": " + problem.message())
                        .containsExactly(
                                "corruptors: expected a list of {name: …, options: {…}}, but found a mapping",
                                "schedule.option: unknown key. Did you mean 'schedule.options'?",
                                "schedule.name: expected the name of the schedule, but found a list"));
    }

    @Test
    void anElementWithoutANameIsReported() {
        assertProblems(
                () -> resolve("training: {steps: 1}\ncorruptors: [{options: {}}]"),
                "1 problem in " + folder.resolve("run.yaml"),
                "  corruptors[0].name: required. Name of the corruptor  (" + folder.resolve("run.yaml") + ":2)");
    }

    @Test
    void stepsAreRequired() {
        assertProblems(
                () -> resolve("training: {}"),
                "1 problem in " + folder.resolve("run.yaml"),
                "  training.steps: required. Number of optimizer steps");
    }

    @Test
    void replicasAreANumberOrAuto() {
        assertThat(resolve("training: {steps: 1}").values().training().replicaCount())
                .isEmpty();
        assertThat(resolve("training: {steps: 1, replicas: 4}")
                        .values()
                        .training()
                        .replicaCount())
                .isEqualTo(OptionalInt.of(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5"})
    void otherReplicasAreRefused(String replicas) {
        assertProblems(
                () -> resolve("training: {steps: 1, replicas: " + replicas + "}"),
                "1 problem in " + folder.resolve("run.yaml"),
                "  training.replicas: '" + replicas + "' is neither 'auto' nor a whole number within [1, inf)  ("
                        + folder.resolve("run.yaml") + ":1)");
    }

    @Test
    void aRunIsInItsDirectoryUnderItsName() {
        assertThat(resolve("training: {steps: 1}\nrun: {directory: a/b, name: c}")
                        .values()
                        .run()
                        .folder())
                .isEqualTo(Path.of("a", "b", "c"));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> resolve("training: {steps: 1}\nrun: {name: a/b}"))
                .withMessageContaining("run.name: 'a/b' is a path.");
    }

    @Test
    void whatIsWrittenHasEveryKey() {
        assertThat(ConfigurationWriter.toYaml(resolve("training: {steps: 9}\ncorruptors: [{name: span}]")
                        .values()))
                .isEqualTo("""
                        run:
                            name: run-20260301-120000
                            seed: 17
                            directory: runs
                        data:
                            inputs: []
                            tokenizer: bundled
                            input-length: 512
                            validation:
                                fraction: 0.01
                                batches: 16
                            maximum-bad-share: 0.01
                            maximum-unknown-share: 0.1
                        architecture:
                            name: t5
                            options:
                                noise-density: 0.15
                                words: []
                        corruptors:
                          - name: span
                            options:
                                noise-density: 0.15
                                words: []
                        objective:
                            name: spactor
                            options:
                                noise-density: 0.15
                                words: []
                        curriculum:
                            name: two-stage
                            options:
                                noise-density: 0.15
                                words: []
                        optimizer:
                            name: adafactor
                            options:
                                noise-density: 0.15
                                words: []
                        schedule:
                            name: inverse-square-root
                            options:
                                noise-density: 0.15
                                words: []
                        training:
                            steps: 9
                            batch-size: 128
                            accumulation: 1
                            replicas: auto
                            threads-per-replica: 1
                            precision: float32
                            recompute: none
                            clip-norm: 1.0
                            log-every: 10
                            validate-every: 500
                            checkpoint-every: 1000
                            keep-checkpoints: 3
                            keep-every: 0
                            non-finite-limit: 10
                            device: cpu
                        plugins:
                            directory: plugins
                        """);
    }

    @Test
    void whatIsWrittenGivesTheEqualConfigurationWhenLoaded() {
        SpactorConfiguration configuration = resolve("""
                        run: {name: "null", seed: -3, directory: "a: b/#c"}
                        data: {inputs: ["~", "x, y", "true", "Ä ö\\t\\"'"], input-length: 64, maximum-bad-share: 1e-9}
                        corruptors: []
                        optimizer: {name: adamw, options: {noise-density: 0.30000000000000004, words: ["", "1"]}}
                        training: {steps: 12345678, replicas: 2}
                        """).values();
        assertThat(resolve(ConfigurationWriter.toYaml(configuration)).values()).isEqualTo(configuration);
        assertThat(ConfigurationWriter.toYaml(
                        resolve(ConfigurationWriter.toYaml(configuration)).values()))
                .isEqualTo(ConfigurationWriter.toYaml(configuration));
    }

    @Test
    void theFolderOfPluginsIsKnownBeforeTheRestIsChecked() {
        write("plugins: {directory: elsewhere}\ntraining: {stesp: 1}");
        assertThat(ConfigurationResolver.plugins(load(Optional.of(folder.resolve("run.yaml")))))
                .isEqualTo(new PluginSettings("elsewhere"));
        write("plugins: elsewhere");
        assertThat(ConfigurationResolver.plugins(load(Optional.of(folder.resolve("run.yaml")))))
                .isEqualTo(new PluginSettings("plugins"));
    }

    private static List<String> describe(String section, Class<? extends Record> type) {
        List<String> lines = new ArrayList<>();
        for (OptionRow row : OptionsDescription.of(type)) {
            String range = row.range().isEmpty() ? "" : "  " + row.range();
            lines.add(section + "." + row.key() + ": " + row.defaultValue() + range);
        }
        return lines;
    }

    private static void assertProblems(Runnable resolve, String... lines) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(resolve::run)
                .withMessage(String.join("\n", lines));
    }

    private ResolvedConfiguration resolve(String yaml) {
        write(yaml);
        return resolve(Optional.of(folder.resolve("run.yaml")));
    }

    private static ResolvedConfiguration resolve(Optional<Path> file, Assignment... assignments) {
        return new ConfigurationResolver(ConfigurationResolverTest::optionsType).resolve(load(file, assignments));
    }

    private static LayeredConfiguration load(Optional<Path> file, Assignment... assignments) {
        return TestLayers.loader().load(new ConfigurationRequest(Optional.empty(), file, List.of(assignments)));
    }

    private String write(String yaml) {
        try {
            return Files.writeString(folder.resolve("run.yaml"), yaml).toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<? extends Record> optionsType(String kind, String name) {
        if (!COMPONENTS.get(kind).contains(name)) {
            throw new UnknownComponentException(Suggestions.noSuch(kind, name, COMPONENTS.get(kind)));
        }
        return TestOptions.class;
    }
}
