package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example plugin, from the jar that was built, in processes that do not have it on their class path. */
@EnabledIfSystemProperty(named = TestJars.FOLDER, matches = ".+", disabledReason = "the jars are made by `verify`")
class ExamplePluginIT {
    private static final int STEPS = 50;

    @TempDir
    private Path folder;

    @BeforeEach
    void putTheJarIntoTheFolderOfPlugins() throws IOException {
        TestJars.exampleInto(folder.resolve("plugins"));
    }

    @Test
    void theClassPathOfTheseTestsDoesNotHaveThePlugin() throws Exception {
        Files.delete(folder.resolve("plugins/example.jar"));

        SpactorProcess.Outcome outcome = SpactorProcess.run(folder, "describe", "corruptor", "ul2");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains("no corruptor 'ul2'");
    }

    @Test
    void itsComponentsAreDescribedWithNestedOptionsListsAndChoices() throws Exception {
        SpactorProcess.Outcome outcome = SpactorProcess.run(folder, "describe", "corruptor", "ul2");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("ul2, corruptor [example ", ", plugins/example.jar]")
                .contains("regular.mean-span-lengths  list of numbers  [3, 8] ", "Range: prepend, none");
        assertThat(outcome.output().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void itsComponentsAreListedWithPluginVersionAndJar() throws Exception {
        SpactorProcess.Outcome outcome = SpactorProcess.run(folder, "plugins");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output().lines())
                .anyMatch(line -> line.matches("KIND +NAME +PLUGIN +VERSION +JAR"))
                .anyMatch(line -> line.matches("architecture +t5-alibi +example +\\S+ +plugins/example.jar"))
                .anyMatch(line -> line.matches("optimizer +lion +example +\\S+ +plugins/example.jar"))
                .anyMatch(line -> line.matches("schedule +warm-up-stable-decay +example +\\S+ +plugins/example.jar"))
                .anyMatch(line -> line.matches("corruptor +ul2 +example +\\S+ +plugins/example.jar"))
                .anyMatch(line -> line.matches("corruptor +span +built-in +\\S+"))
                .anyMatch(line -> line.matches("objective +contrastive +example +\\S+ +plugins/example.jar"))
                .anyMatch(line -> line.matches("curriculum +cosine-hand-over +example +\\S+ +plugins/example.jar"));
    }

    @Test
    void aPreviewShowsWhatItsCorruptorDoes() throws Exception {
        SpactorProcess.Outcome outcome = SpactorProcess.run(
                folder,
                "preview",
                "--set",
                "corruptors=[{name: ul2, options: {regular: {mean-span-lengths: [], noise-densities: []},"
                        + " extreme: {mean-span-lengths: [], noise-densities: []}, mode-token: none}}]",
                "--text",
                "one two three four five six seven eight");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("one two three four five six<extra_id_0> </s>", "<extra_id_0> seven eight </s>")
                .containsPattern("share of noise +0\\.2");
    }

    @Test
    void whatIsWrongWithItsOptionsIsToldAtOnceWithTheKeys() throws Exception {
        SpactorProcess.Outcome outcome = train(
                "--set",
                "corruptors=[{name: ul2, options: {regular: {mean-span-lengths: [3, 0]}, mode-token: prependd}}]",
                "--set",
                "curriculum={name: cosine-hand-over, options: {from: [mlm], to-weights: [-1]}}",
                "--set",
                "objective.name=prefix-llm");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output())
                .contains("4 problems in ")
                .contains("corruptors[0].options.regular.mean-span-lengths[1]: 0 is not within [1, inf)")
                .contains("corruptors[0].options.mode-token: no choice 'prependd'. Did you mean 'prepend'?")
                .contains("curriculum.options.to-weights[0]: -1 is not within (0, inf)")
                .contains(
                        "no objective 'prefix-llm'. Did you mean 'prefix-lm'?",
                        "prefix-lm, span-corruption-z [example ");
    }

    @Test
    void optionsThatContradictEachOtherAreToldAtTheKey() throws Exception {
        SpactorProcess.Outcome outcome =
                train("--set", "curriculum={name: cosine-hand-over, options: {from: [mlm], from-weights: [1, 10]}}");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output())
                .contains("curriculum.options.from-weights: [1.0, 10.0] is not one for each of the losses [mlm]");
    }

    private static final String SMALL_BLOCKS = "options: {heads: 2, head-width: 16, layers: 1}";

    static List<List<String>> components() {
        return List.of(
                List.of("--set", "corruptors[0].name=ul2"),
                List.of("--set", "corruptors=[{name: whole-word}, {name: token-mask}]"),
                List.of("--set", "corruptors=[{name: span}, {name: electra-mask}]"),
                List.of("--set", "curriculum={name: cosine-hand-over}"),
                List.of("--set", "objective.name=span-corruption-z", "--set", "curriculum={name: weighted}"),
                List.of("--set", "objective.name=contrastive", "--set", "curriculum={name: weighted}"),
                List.of(
                        "--set", "corruptors=[]",
                        "--set", "objective.name=prefix-lm",
                        "--set", "curriculum={name: weighted}",
                        "--set", "architecture={name: prefix-decoder, " + SMALL_BLOCKS + "}"),
                List.of(
                        "--set",
                        "curriculum={name: span-corruption}",
                        "--set",
                        "architecture={name: t5-alibi, " + SMALL_BLOCKS + "}"),
                List.of("--set", "optimizer={name: lion, options: {learning-rate: 0.003}}"),
                List.of("--set", "schedule={name: warm-up-stable-decay, options: {warm-up: 5}}"));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("components")
    void eachComponentLearnsAndGoesOnFromACheckpointToTheSameBits(List<String> settings) throws Exception {
        String[] checkpoints = {"--set", "training.checkpoint-every=25"};
        SpactorProcess.Outcome outcome = train(
                Stream.concat(settings.stream(), Arrays.stream(checkpoints)).toArray(String[]::new));
        Path run = folder.resolve("run");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        List<JsonNode> validations = SmallRun.metrics(run, "validation");
        String loss = settings.contains("objective.name=prefix-lm")
                ? "loss.lm"
                : settings.contains("objective.name=contrastive") ? "loss.info-nce" : "loss.sc";
        double before = validations.get(0).get(loss).asDouble();
        double after = validations.get(validations.size() - 1).get(loss).asDouble();
        assertThat(after).as("validation loss, %s before", before).isLessThan(0.9 * before);

        SmallRun.copy(run, folder.resolve("again"));
        SpactorProcess.Outcome again =
                SpactorProcess.run(folder, "pretrain", "--resume", "again/checkpoints/step-00000025");

        assertThat(again.exitCode()).as(again.output()).isZero();
        SmallRun.assertSame(folder.resolve("again"), run, STEPS);
    }

    @Test
    void aRunDoesNotGoOnWithoutThePluginOrWithAnotherOneUnlessThatIsAccepted() throws Exception {
        Path jar = folder.resolve("plugins/example.jar");
        assertThat(SmallRun.pretrain(folder, "--steps", "2", "--out", "run", "--set", "corruptors[0].name=ul2")
                        .exitCode())
                .isZero();
        String[] resume = {"pretrain", "--resume", "run", "--steps", "4", "--accept-change", "training.steps"};

        Files.move(jar, folder.resolve("elsewhere.jar"));
        SpactorProcess.Outcome missing = SpactorProcess.run(folder, resume);
        assertThat(missing.exitCode()).as(missing.output()).isEqualTo(2);
        assertThat(missing.output())
                .contains("no corruptor 'ul2'")
                .contains("plugins.example: the checkpoint was made with plugin 'example' ")
                .contains("put its jar into the folder of plugins");

        Files.copy(folder.resolve("elsewhere.jar"), jar);
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.writeString(zip.getPath("changed.txt"), "changed");
        }
        SpactorProcess.Outcome differs = SpactorProcess.run(folder, resume);
        assertThat(differs.exitCode()).as(differs.output()).isEqualTo(2);
        assertThat(differs.output()).contains("plugins.example: ", "To go on anyway: --accept-change plugins.example");

        SpactorProcess.Outcome accepted = SpactorProcess.run(
                folder,
                "pretrain",
                "--resume",
                "run",
                "--steps",
                "4",
                "--accept-change",
                "training.steps",
                "--accept-change",
                "plugins.example");
        assertThat(accepted.exitCode()).as(accepted.output()).isZero();
    }

    private SpactorProcess.Outcome train(String... settings) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--steps", "" + STEPS, "--out", "run"));
        arguments.addAll(Arrays.asList(settings));
        return run(arguments.toArray(String[]::new));
    }

    /** A small run; another architecture than T5 has other options. */
    private SpactorProcess.Outcome run(String... settings) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(SmallRun.arguments(settings)));
        if (Arrays.stream(settings).anyMatch(setting -> setting.startsWith("architecture="))) {
            for (int i = all.size() - 1; i > 0; i--) {
                if (all.get(i).startsWith("architecture.options.")) {
                    all.subList(i - 1, i + 1).clear();
                }
            }
        }
        return SpactorProcess.run(folder, all.toArray(String[]::new));
    }
}
