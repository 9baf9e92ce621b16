package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.engine.storage.Safetensors;

/** What happens in the days that a run takes: full disks, damaged files, numbers that are none. */
@Tag("long")
class FaultsTest {
    private static final int STEPS = 30;
    private static final String[] SETTINGS = {
        "--set", "curriculum.options.switch-step=12",
        "--set", "training.log-every=1",
        "--set", "training.validate-every=8",
        "--set", "training.checkpoint-every=10"
    };

    @TempDir
    private static Path folder;

    private static Path undisturbed;

    @BeforeAll
    static void trainUndisturbed() throws Exception {
        assertThat(SmallRun.pretrain(folder, with("--out", "undisturbed")).exitCode())
                .isZero();
        undisturbed = folder.resolve("undisturbed");
    }

    @ParameterizedTest
    @CsvSource({
        "parameters.safetensors, truncated",
        "optimizer.safetensors, altered",
        "optimizer.safetensors, missing",
        "manifest.json, truncated",
        "manifest.json, altered",
        "manifest.json, missing"
    })
    void aDamagedCheckpointIsRefusedWithTheFileAndTheOlderOneLeadsToTheSameEnd(String file, String damage)
            throws Exception {
        String name = file + "-" + damage;
        SmallRun.copy(undisturbed, folder.resolve(name));
        damage(folder.resolve(name).resolve("checkpoints/step-00000030").resolve(file), damage);
        SpactorProcess.Outcome refused = SpactorProcess.run(folder, "pretrain", "--resume", name);

        assertThat(refused.exitCode()).isEqualTo(1);
        String older = name + "/checkpoints/step-00000020";
        assertThat(refused.output())
                .contains(name + "/checkpoints/step-00000030/" + file)
                .contains(damage.equals("missing") ? "is missing" : "is truncated or was altered")
                .contains("The next older one is whole; to go on from there: --resume " + older);
        SpactorProcess.Outcome resumed = SpactorProcess.run(folder, "pretrain", "--resume", older);
        assertThat(resumed.exitCode()).as(resumed.output()).isZero();
        SmallRun.assertSame(folder.resolve(name), undisturbed, STEPS);
    }

    @Test
    void aSecondProcessOnTheSameRunIsRefusedAndTheFirstIsNotDisturbed() throws Exception {
        SpactorProcess first = SmallRun.start(folder, with("--out", "locked"));
        assertThat(first.waitUntil(() -> SmallRun.lastStep(folder.resolve("locked")) >= 1))
                .isTrue();
        first.signal("STOP"); // so that it is still there when the second one comes
        SpactorProcess.Outcome second = SpactorProcess.run(folder, "pretrain", "--resume", "locked");
        first.signal("CONT");

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("another process, with id " + first.pid() + ", is working in locked");
        assertThat(first.await().exitCode()).isZero();
        SmallRun.assertSame(folder.resolve("locked"), undisturbed, STEPS);
    }

    @Test
    void stepsWhoseGradientsAreNotFiniteAreSkippedAndCountedAndTheRunGoesOn() throws Exception {
        // a weight beyond what float32 can hold makes gradients of the first stage infinite
        String[] settings =
                with("--set", "curriculum.options.mlm-weight=1e38", "--set", "training.non-finite-limit=12");
        SpactorProcess.Outcome outcome = SmallRun.pretrain(folder, join(settings, "--out", "skipping"));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        Path run = folder.resolve("skipping");
        List<JsonNode> skipped = SmallRun.metrics(run, "skipped");
        assertThat(skipped).hasSize(12);
        assertThat(skipped.get(11).get("skipped").asInt()).isEqualTo(12);
        assertThat(skipped.get(0).get("reason").asText()).contains("the gradients' norm is");
        assertThat(SmallRun.metrics(run, "train")).hasSize(STEPS - 12);
        assertThat(SmallRun.json(run.resolve("checkpoints/step-00000030/manifest.json"))
                        .get("skipped")
                        .asInt())
                .isEqualTo(12);
        List<JsonNode> validations = SmallRun.metrics(run, "validation");
        assertThat(validations.get(1).get("step").asInt()).isEqualTo(8);
        assertThat(validations.get(1).get("loss.sc"))
                .as("nothing is learnt")
                .isEqualTo(validations.get(0).get("loss.sc"));
        assertThat(run.resolve("checkpoints/step-00000010")).doesNotExist();
        assertThat(run.resolve("checkpoints/step-00000020")).exists();
    }

    @Test
    void parametersThatAreNotFiniteAreInNoCheckpoint() throws Exception {
        SpactorProcess.Outcome outcome = SmallRun.pretrain(
                folder,
                with(
                        "--out",
                        "infinite",
                        "--set",
                        "training.checkpoint-every=1",
                        "--set",
                        "schedule.name=constant",
                        "--set",
                        "optimizer.options.learning-rate=1e300"));

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output())
                .containsPattern(
                        "step 1: parameter '[\\w.]+' is (NaN|-?Infinity) at element \\d+, so that no checkpoint")
                .contains("There is no checkpoint yet")
                .contains("optimizer.options.learning-rate");
        assertThat(folder.resolve("infinite/checkpoints/latest")).doesNotExist();
    }

    @Test
    void aRunOfWhichAllStepsAreSkippedHasFailedAndLeavesNoCheckpoint() throws Exception {
        SpactorProcess.Outcome outcome = SmallRun.pretrain(
                folder,
                "--out",
                "nothing",
                "--steps",
                "4",
                "--set",
                "curriculum.options.switch-step=2000",
                "--set",
                "curriculum.options.mlm-weight=1e38");

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).contains("nothing was learnt: all 4 steps were skipped");
        assertThat(folder.resolve("nothing/checkpoints/latest")).doesNotExist();
    }

    @Test
    void aRunThatChangesNoParameterHasFailed() throws Exception {
        SpactorProcess.Outcome outcome = SmallRun.pretrain(
                folder, "--out", "still", "--steps", "2", "--set", "optimizer.options.learning-rate=1e-30");

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).contains("nothing was learnt: no step changed any parameter");
    }

    @Test
    void tooManyStepsInARowThatAreNotFiniteStopTheRunWithTheCheckpointNamedAndTheBatchSaved() throws Exception {
        SpactorProcess.Outcome outcome = SmallRun.pretrain(
                folder,
                with(
                        "--out",
                        "diverged",
                        "--set",
                        "training.checkpoint-every=1",
                        "--set",
                        "training.non-finite-limit=3",
                        "--set",
                        "optimizer.options.learning-rate=1e30"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("4 steps in a row were skipped, and training.non-finite-limit is 3")
                .contains("The last good checkpoint is diverged/checkpoints/step-0000000")
                .containsPattern("The batch is in diverged/batch-\\d{8}\\.safetensors")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("diverged/run.log")).content().contains("the run failed", "\tat org.spactor.runner");
        try (Stream<Path> files = Files.list(folder.resolve("diverged"))) {
            Path batch = files.filter(file -> file.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Safetensors.read(batch).get("inputs").shape()).containsExactly(8, 64);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskKeepsTheLastGoodCheckpointAndTheRunGoesOnElsewhere() throws Exception {
        assumeTrue(canMount(), "this machine does not let an ordinary process mount a small file system");
        Files.createDirectory(folder.resolve("small"));
        // The file system is gone with the process that mounted it, so what is left on it is copied first.
        String script = "mount -t tmpfs -o size=12m tmpfs small && \"$@\"; code=$?; cp -a small full; exit $code";
        List<String> command = new ArrayList<>(List.of("unshare", "-r", "-m", "bash", "-c", script, "bash"));
        command.addAll(SpactorProcess.command(SmallRun.arguments(with("--out", "small"))));
        SpactorProcess.Outcome outcome =
                SpactorProcess.startCommand(folder, command).await();

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("the checkpoint small/checkpoints/step-00000020 cannot be written: No space left on device")
                .contains("The last good checkpoint is small/checkpoints/step-00000010")
                .doesNotContain("\tat ");
        assertResumesFromTen("full");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aCheckpointThatCannotBeWrittenToItsEndKeepsTheLastGoodOne() throws Exception {
        assertThat(SmallRun.pretrain(folder, join(SETTINGS, "--out", "quota", "--steps", "13"))
                        .exitCode())
                .isZero();
        // The optimizer's file is larger than this many kilobytes, and the parameters' is not.
        List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -f 3000; exec \"$@\"", "bash"));
        command.addAll(SpactorProcess.command("pretrain", "--resume", "quota", "--steps", "" + STEPS));
        SpactorProcess.Outcome outcome =
                SpactorProcess.startCommand(folder, command).await();

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("the checkpoint quota/checkpoints/step-00000020 cannot be written: File too large")
                .contains("The last good checkpoint is quota/checkpoints/step-00000013");
        assertCheckpoints("quota", "step-00000010", "step-00000013");
        SpactorProcess.Outcome resumed = SpactorProcess.run(folder, "pretrain", "--resume", "quota");
        assertThat(resumed.exitCode()).as(resumed.output()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run with blanks", "run's"})
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void theCommandThatResumesCanBePastedIntoAShell(String name) throws Exception {
        SpactorProcess process = SmallRun.start(folder, with("--out", name));
        assertThat(process.waitUntil(() -> SmallRun.lastStep(folder.resolve(name)) >= 1))
                .isTrue();
        process.signal("TERM");
        String command = process.await()
                .output()
                .lines()
                .filter(line -> line.contains("pretrain --resume"))
                .findFirst()
                .orElseThrow();
        Process shell = new ProcessBuilder("bash", "-c", command.replaceFirst("spactor pretrain --resume", "ls"))
                .directory(folder.toFile())
                .start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("checkpoints");
        assertThat(shell.waitFor()).isZero();
    }

    private static void assertResumesFromTen(String run) throws IOException, InterruptedException {
        assertCheckpoints(run, "step-00000010");
        SpactorProcess.Outcome resumed = SpactorProcess.run(folder, "pretrain", "--resume", run);
        assertThat(resumed.exitCode()).as(resumed.output()).isZero();
        SmallRun.assertSame(folder.resolve(run), undisturbed, STEPS);
    }

    /** Checks that these are there and nothing else, such as one that is half written. */
    private static void assertCheckpoints(String run, String... checkpoints) throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve(run).resolve("checkpoints"))) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder(join(checkpoints, "latest"));
        }
    }

    private static boolean canMount() throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder("unshare", "-r", "-m", "mount", "-t", "tmpfs", "tmpfs", "/tmp")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no unshare
        }
    }

    private static void damage(Path file, String damage) throws IOException {
        switch (damage) {
            case "missing" -> Files.delete(file);
            case "truncated" -> {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                    open.setLength(open.length() / 2);
                }
            }
            case "altered" -> alter(file);
            default -> throw new IllegalArgumentException(damage);
        }
    }

    /** Changes one byte: in the manifest the step's last digit, so that it is still JSON. */
    private static void alter(Path file) throws IOException {
        if (file.endsWith("manifest.json")) {
            Files.writeString(file, Files.readString(file).replace("\"step\" : 30", "\"step\" : 31"));
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static String[] with(String... arguments) {
        return join(join(SETTINGS, "--steps", "" + STEPS), arguments);
    }

    private static String[] join(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }
}
