package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;

/** {@code spactor pretrain} as a user runs it. */
class PretrainTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void trainsOnTheBundledTextAndTheValidationLossFalls() throws Exception {
        SpactorProcess.Outcome outcome = pretrain("--steps", "40", "--out", "run");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("40/40").contains("tok/s").contains("left");
        List<JsonNode> validations = lines("run", "validation");
        double first = validations.get(0).get("loss.sc").asDouble();
        double last = validations.get(validations.size() - 1).get("loss.sc").asDouble();
        assertThat(last).isLessThan(first - 1);
        assertThat(folder.resolve("run/config.yaml")).exists();
        assertThat(folder.resolve("run/run.log")).exists();
    }

    @Test
    void leavesACheckpointWithEveryParameter() throws Exception {
        pretrain("--steps", "2", "--out", "run");

        Path checkpoints = folder.resolve("run/checkpoints");
        assertThat(checkpoints.resolve("latest")).hasContent("step-00000002");
        Map<String, Tensor> parameters = Safetensors.read(checkpoints.resolve("step-00000002/parameters.safetensors"));
        assertThat(parameters.get("shared.weight").shape()).containsExactly(8192, 32);
        assertThat(parameters).containsKey("decoder.block.0.layer.1.EncDecAttention.q.weight");
        JsonNode manifest =
                JSON.readTree(checkpoints.resolve("step-00000002/manifest.json").toFile());
        assertThat(manifest.get("step").asInt()).isEqualTo(2);
        assertThat(manifest.get("files")
                        .get("parameters.safetensors")
                        .get("sha256")
                        .asText())
                .hasSize(64);
    }

    @Test
    void theSameCommandTwiceGivesTheSameMetricsApartFromRates() throws Exception {
        pretrain("--steps", "10", "--out", "first");
        pretrain("--steps", "10", "--out", "second");

        assertThat(withoutRates("first")).isNotEmpty().isEqualTo(withoutRates("second"));
    }

    @Test
    void theResolvedConfigurationRunsTheSameTrainingAgain() throws Exception {
        pretrain("--steps", "10", "--out", "first");
        SpactorProcess.Outcome again =
                SpactorProcess.run(folder, "pretrain", "--config", "first/config.yaml", "--out", "second");

        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(withoutRates("first")).isEqualTo(withoutRates("second"));
    }

    @Test
    void trainsOnTextOfOnesOwn() throws Exception {
        Path texts = Files.createDirectories(folder.resolve("texts"));
        for (int i = 0; i < 4; i++) {
            Files.writeString(texts.resolve(i + ".txt"), "The ship sailed over the wide and stormy sea. ".repeat(200));
        }
        SpactorProcess.Outcome outcome = pretrain("--steps", "5", "--out", "run", "--data", "texts");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(lines("run", "train")).hasSize(1);
    }

    @Test
    void accumulatingGradientsChangesTheResultOnlyByRounding() throws Exception {
        pretrain("--steps", "5", "--out", "whole");
        pretrain("--steps", "5", "--out", "parts", "--set", "training.accumulation=2");
        pretrain("--steps", "5", "--out", "single", "--set", "training.replicas=1");

        double whole = lines("whole", "train").get(0).get("loss.sc").asDouble();
        assertThat(lines("parts", "train").get(0).get("loss.sc").asDouble()).isCloseTo(whole, Offset.offset(1e-3));
        assertThat(lines("single", "train").get(0).get("loss.sc").asDouble()).isCloseTo(whole, Offset.offset(1e-3));
    }

    private SpactorProcess.Outcome pretrain(String... arguments) throws IOException, InterruptedException {
        return SmallRun.pretrain(folder, arguments);
    }

    private List<JsonNode> lines(String run, String kind) throws IOException {
        return SmallRun.metrics(folder.resolve(run), kind);
    }

    private List<JsonNode> withoutRates(String run) throws IOException {
        return SmallRun.withoutRates(folder.resolve(run));
    }
}
