package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;

/** The stages of a run, as its metrics and checkpoints show them. */
class CurriculaTest {
    private static final int STEPS = 24;
    private static final int SWITCH = 6;
    private static final String[] TWO_STAGE = {
        "--steps", "" + STEPS,
        "--out", "two-stage",
        "--set", "curriculum.options.switch-step=" + SWITCH,
        "--set", "curriculum.options.mlm-weight=2",
        "--set", "curriculum.options.rtd-weight=30",
        "--set", "curriculum.options.sc-weight=5",
        "--set", "optimizer.name=adamw",
        "--set", "training.log-every=1",
        "--set", "training.validate-every=" + SWITCH,
        "--set", "training.checkpoint-every=" + SWITCH,
        "--set", "training.keep-checkpoints=10"
    };
    private static final String[] HYBRID_MEASURES = {
        "loss.mlm", "loss.rtd", "accuracy.mlm", "accuracy.rtd", "precision.rtd", "recall.rtd", "share.replaced"
    };
    /** The answer "replaced" may not be given in a step, so that there is no precision. */
    private static final String SOMETIMES_UNDEFINED = "precision.rtd";

    @TempDir
    private static Path folder;

    private static Path twoStage;

    /** The default curriculum, with a checkpoint where the stages change. */
    @BeforeAll
    static void trainInTwoStages() throws Exception {
        SpactorProcess.Outcome outcome = SmallRun.pretrain(folder, TWO_STAGE);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        twoStage = folder.resolve("two-stage");
    }

    @Test
    void transitionsAreTold() throws Exception {
        assertThat(SmallRun.metrics(twoStage, "stage"))
                .extracting(line ->
                        line.get("step").asInt() + " " + line.get("stage").asText())
                .containsExactly("0 hybrid", SWITCH + " span-corruption");
    }

    @Test
    void theHybridStageReportsAllThreeLossesAndHowWellGeneratorAndDiscriminatorDo() throws Exception {
        for (JsonNode line : train(1, SWITCH)) {
            assertThat(line.get("stage").asText()).isEqualTo("hybrid");
            assertThat(line.has("loss.sc")).isTrue();
            for (String measure : HYBRID_MEASURES) {
                assertThat(line.has(measure) || measure.equals(SOMETIMES_UNDEFINED))
                        .as("%s in %s", measure, line)
                        .isTrue();
            }
            double total = 2 * line.get("loss.mlm").asDouble()
                    + 30 * line.get("loss.rtd").asDouble()
                    + 5 * line.get("loss.sc").asDouble();
            assertThat(line.get("loss.total").asDouble()).isCloseTo(total, within(1e-9));
            assertThat(line.get("share.replaced").asDouble()).isGreaterThan(0).isLessThan(0.5);
        }
    }

    @Test
    void theSecondStageReportsSpanCorruptionAlone() throws Exception {
        for (JsonNode line : train(SWITCH + 1, STEPS)) {
            assertThat(line.get("stage").asText()).isEqualTo("span-corruption");
            assertThat(line.get("loss.total").asDouble())
                    .isCloseTo(5 * line.get("loss.sc").asDouble(), within(1e-9));
            for (String measure : HYBRID_MEASURES) {
                assertThat(line.has(measure)).as("%s in %s", measure, line).isFalse();
            }
        }
    }

    @Test
    void validationIsSpanCorruptionOnCleanInputsAndInTheHybridStageTheHybridLossesToo() throws Exception {
        for (JsonNode line : SmallRun.metrics(twoStage, "validation")) {
            boolean hybrid = line.get("step").asInt() <= SWITCH;
            assertThat(line.has("loss.sc")).isTrue();
            assertThat(line.has("loss.mlm")).isFalse();
            assertThat(line.has("hybrid.loss.mlm")).as(line.toString()).isEqualTo(hybrid);
            assertThat(line.has("hybrid.loss.rtd")).as(line.toString()).isEqualTo(hybrid);
        }
    }

    @Test
    void aStepCostsLessAfterTheTransition() throws Exception {
        List<Long> costs = new ArrayList<>();
        long before = 0;
        for (JsonNode line : train(1, STEPS)) {
            costs.add(line.get("flops").asLong() - before);
            before = line.get("flops").asLong();
        }

        long hybrid = costs.get(0);
        long spanCorruption = costs.get(SWITCH);
        assertThat(spanCorruption).isLessThan(hybrid);
        assertThat(costs.subList(0, SWITCH)).containsOnly(hybrid);
        assertThat(costs.subList(SWITCH, STEPS)).containsOnly(spanCorruption);
    }

    @Test
    void generatorAndHeadRestAfterTheTransitionAndEverythingElseLearns() throws Exception {
        Map<String, Tensor> atTransition = tensors(SWITCH, "parameters");
        Map<String, Tensor> atEnd = tensors(STEPS, "parameters");

        assertThat(atEnd.keySet()).isEqualTo(atTransition.keySet());
        assertThat(atEnd.keySet())
                .contains("generator.head.dense.weight", "discriminator.dense.weight")
                .allSatisfy(name -> assertThat(same(atEnd.get(name), atTransition.get(name)))
                        .as(name)
                        .isEqualTo(rests(name)));
    }

    @Test
    void theOptimizerRemembersGeneratorAndHeadAsTheyWere() throws Exception {
        Map<String, Tensor> atTransition = tensors(SWITCH, "optimizer");
        Map<String, Tensor> atEnd = tensors(STEPS, "optimizer");

        assertThat(atEnd.keySet())
                .contains("generator.head.dense.weight/mean")
                .allSatisfy(name -> assertThat(same(atEnd.get(name), atTransition.get(name)))
                        .as(name)
                        .isEqualTo(rests(name)));
    }

    @Test
    void generatorAndHeadLearnBeforeTheTransition() throws Exception {
        Map<String, Tensor> squares = tensors(SWITCH, "optimizer");

        assertThat(squares.keySet())
                .filteredOn(name -> rests(name) && name.endsWith("/squares"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(
                                Arrays.stream(squares.get(name).doubles()).sum())
                        .as(name)
                        .isPositive());
    }

    @ParameterizedTest
    @CsvSource({
        "span-corruption, span-corruption",
        "hybrid, hybrid",
        "decay, hybrid",
        "validation-plateau, hybrid span-corruption"
    })
    void everyCurriculumRuns(String curriculum, String stages) throws Exception {
        SpactorProcess.Outcome outcome = SmallRun.pretrain(
                folder,
                "--steps",
                "4",
                "--out",
                curriculum,
                "--set",
                "curriculum.name=" + curriculum,
                "--set",
                "training.log-every=1");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(SmallRun.metrics(folder.resolve(curriculum), "stage"))
                .extracting(line -> line.get("stage").asText())
                .containsExactly(stages.split(" "));
        assertThat(SmallRun.metrics(folder.resolve(curriculum), "train")).hasSize(4);
    }

    @Test
    void aFinishedRunThatWatchesALossOfTheHybridStageGoesOnWhenThereAreMoreSteps() throws Exception {
        SpactorProcess.Outcome finished = SmallRun.pretrain(
                folder,
                "--steps",
                "4",
                "--out",
                "watching",
                "--set",
                "curriculum.name=validation-plateau",
                "--set",
                "curriculum.options.loss=hybrid.mlm",
                "--set",
                "training.validate-every=1");
        SpactorProcess.Outcome more = SpactorProcess.run(folder, "pretrain", "--resume", "watching", "--steps", "6");

        assertThat(finished.exitCode()).as(finished.output()).isZero();
        assertThat(more.exitCode()).as(more.output()).isZero();
        assertThat(more.output()).contains("done in");
    }

    @Test
    void aLossThatIsWatchedAndNotMeasuredIsRefusedBeforeAnythingRuns() throws Exception {
        SpactorProcess.Outcome outcome = SmallRun.pretrain(
                folder,
                "--steps",
                "4",
                "--out",
                "misspelt",
                "--set",
                "curriculum.name=validation-plateau",
                "--set",
                "curriculum.options.loss=hybrid.mlmm");

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(2);
        assertThat(outcome.output()).contains("watches the validation loss", "hybrid.mlmm");
    }

    /** The lines of the steps from one to another, both inclusive. */
    private static List<JsonNode> train(int first, int last) throws IOException {
        List<JsonNode> lines = SmallRun.metrics(twoStage, "train");
        assertThat(lines).hasSize(STEPS);
        return lines.subList(first - 1, last);
    }

    private static Map<String, Tensor> tensors(int step, String file) throws IOException {
        return Safetensors.read(twoStage.resolve(String.format("checkpoints/step-%08d/%s.safetensors", step, file)));
    }

    private static boolean rests(String name) {
        return name.startsWith("generator.") || name.startsWith("discriminator.");
    }

    private static boolean same(Tensor left, Tensor right) {
        return left.bytes().equals(right.bytes());
    }
}
