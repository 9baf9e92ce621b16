package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that go on where another process ended. */
class ResumeTest {
    private static final int STEPS = 40;
    private static final int SWITCH = 20;
    private static final String[] SETTINGS = {
        "--steps", "" + STEPS,
        "--set", "curriculum.options.switch-step=" + SWITCH,
        "--set", "architecture.options.dropout=0.1",
        "--set", "training.log-every=1",
        "--set", "training.validate-every=6",
        "--set", "training.checkpoint-every=7"
    };

    @TempDir
    private static Path folder;

    /** A run that nothing happened to. */
    private static Path undisturbed;

    @BeforeAll
    static void trainUndisturbed() throws Exception {
        assertDone(SmallRun.pretrain(folder, with("--out", "undisturbed")));
        undisturbed = folder.resolve("undisturbed");
    }

    @Test
    void aRunThatIsKilledInEachStageAndResumedTwiceEndsWithTheSameBits() throws Exception {
        Path run = folder.resolve("killed");
        killBehind(SmallRun.start(folder, with("--out", "killed")), run, 9);
        killBehind(SpactorProcess.start(folder, "pretrain", "--resume", "killed"), run, SWITCH + 3);
        SpactorProcess.Outcome last = SpactorProcess.run(folder, "pretrain", "--resume", "killed");

        assertDone(last);
        assertThat(last.output()).contains("resumes behind step");
        SmallRun.assertSame(run, undisturbed, STEPS);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aSignalFinishesTheStepWritesACheckpointAndTellsTheCommandThatResumes(String signal, int exitCode)
            throws Exception {
        assumeThat(signal.equals("HUP") && ignoresHangUp())
                .as("whoever started the tests ignores the end of the terminal, and so does what they start")
                .isFalse();
        Path run = folder.resolve(signal);
        SpactorProcess process = SmallRun.start(folder, with("--out", signal));
        assertThat(process.waitUntil(() -> SmallRun.lastStep(run) >= 2)).isTrue();
        process.signal(signal);
        SpactorProcess.Outcome stopped = process.await();

        assertThat(stopped.exitCode()).as(stopped.output()).isEqualTo(exitCode);
        long step = SmallRun.lastStep(run);
        assertThat(step).isLessThan(STEPS);
        assertThat(run.resolve("checkpoints/latest")).hasContent(String.format("step-%08d", step));
        assertThat(stopped.output())
                .contains("stopped after step " + step + ", with a checkpoint")
                .contains("spactor pretrain --resume " + signal);
        SpactorProcess.Outcome resumed = SpactorProcess.run(folder, "pretrain", "--resume", signal);
        assertThat(resumed.exitCode()).as(resumed.output()).isZero();
        SmallRun.assertSame(run, undisturbed, STEPS);
    }

    /** Whether this process was started to ignore SIGHUP, as {@code nohup} does: the lowest bit of the ignored ones. */
    private static boolean ignoresHangUp() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream().anyMatch(line -> line.matches("SigIgn:\\s*[0-9a-f]*[13579bdf]"));
    }

    @Test
    @Tag("long")
    void aRunThatIsKilledBeforeItsFirstCheckpointBeginsAgain() throws Exception {
        Path run = folder.resolve("early");
        killBehind(SmallRun.start(folder, with("--out", "early", "--set", "training.checkpoint-every=0")), run, 2);
        SpactorProcess.Outcome resumed = SpactorProcess.run(folder, "pretrain", "--resume", "early");

        assertDone(resumed);
        assertThat(resumed.output()).contains("resumes at the start: there is no checkpoint yet");
        SmallRun.assertSame(run, undisturbed, STEPS);
    }

    @Test
    void aContinuationThatNamesNoCheckpointOfTheRunRemovesNothing() throws Exception {
        Path run = folder.resolve("misled");
        SmallRun.copy(undisturbed, run);
        Files.writeString(
                run.resolve("continuation.json"),
                "{\"checkpoint\": \"step-00000000\", \"accepted\": {}, \"configuration\": \"x\"}");
        SpactorProcess.Outcome outcome = SpactorProcess.run(folder, "pretrain", "--resume", "misled", "--steps", "50");

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).contains("step-00000000, which is not among its checkpoints");
        assertThat(run.resolve("checkpoints/latest")).hasContent(String.format("step-%08d", STEPS));
        assertThat(run.resolve(String.format("checkpoints/step-%08d", STEPS))).isDirectory();
    }

    @Test
    @Tag("long")
    void goingBackToAnOlderCheckpointMakesTheLaterStepsAgain() throws Exception {
        assertDone(SmallRun.pretrain(folder, with("--out", "back")));
        SpactorProcess.Outcome again =
                SpactorProcess.run(folder, "pretrain", "--resume", "back/checkpoints/step-00000028");

        assertDone(again);
        assertThat(again.output())
                .contains("resumes behind step 28 of " + STEPS)
                .contains("removed back/checkpoints/step-00000040", "removed back/checkpoints/step-00000035");
        SmallRun.assertSame(folder.resolve("back"), undisturbed, STEPS);
    }

    @Test
    @Tag("long")
    void aFinishedRunGoesOnWithMoreStepsAsIfThereHadBeenAsManyFromTheStart() throws Exception {
        // a curriculum and a schedule that do not look at the number of steps
        String[] settings = {
            "--set", "curriculum.name=span-corruption",
            "--set", "schedule.name=constant",
            "--set", "training.log-every=1",
            "--set", "training.validate-every=5"
        };
        assertDone(SmallRun.pretrain(folder, join(settings, "--out", "short", "--steps", "10")));
        assertDone(SmallRun.pretrain(folder, join(settings, "--out", "long", "--steps", "20")));
        SpactorProcess.Outcome finished = SpactorProcess.run(folder, "pretrain", "--resume", "short");
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.output()).contains("nothing to do").contains("--steps N");
        SpactorProcess.Outcome more = SpactorProcess.run(folder, "pretrain", "--resume", "short", "--steps", "20");

        assertDone(more);
        assertThat(more.output()).contains("changed training.steps: 10, now 20");
        SmallRun.assertSame(folder.resolve("short"), folder.resolve("long"), 20);
        assertThat(folder.resolve("short/config.yaml")).content().contains("steps: 20");
    }

    @Test
    void aRunDoesNotGoOnOnAnotherDeviceUnasked() throws Exception {
        SpactorProcess.Outcome refused =
                SpactorProcess.run(folder, "pretrain", "--resume", "undisturbed", "--device", "cuda:1");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output()).contains("training.device: cpu in the checkpoint, now cuda:1");
    }

    @Test
    void aChangedConfigurationIsRefusedWithEverythingThatChangedAndLetThroughByName() throws Exception {
        assertDone(SmallRun.pretrain(folder, with("--out", "changed")));
        String[] change = {
            "pretrain",
            "--resume",
            "changed",
            "--steps",
            "42",
            "--set",
            "training.clip-norm=3",
            "--set",
            "training.batch-size=4"
        };
        SpactorProcess.Outcome refused = SpactorProcess.run(folder, change);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output())
                .contains("2 problems in what is to go on from changed/checkpoints/step-00000040")
                .contains(
                        "training.clip-norm: 1.0 in the checkpoint, now 3.0. To go on anyway: --accept-change training.clip-norm  (--set)")
                .contains("training.batch-size: 8 in the checkpoint, now 4")
                .doesNotContain("training.steps:");
        SpactorProcess.Outcome accepted = SpactorProcess.run(
                folder,
                join(change, "--accept-change", "training.clip-norm", "--accept-change", "training.batch-size"));
        assertDone(accepted);
    }

    @Test
    void anAcceptedChangeIsRememberedBeforeTheNextCheckpoint() throws Exception {
        String[] settings = {"--set", "training.log-every=1", "--set", "training.checkpoint-every=5"};
        assertDone(SmallRun.pretrain(folder, join(settings, "--out", "accepted", "--steps", "5")));
        killBehind(
                SpactorProcess.start(
                        folder,
                        "pretrain",
                        "--resume",
                        "accepted",
                        "--steps",
                        "400",
                        "--set",
                        "training.checkpoint-every=0",
                        "--set",
                        "training.clip-norm=3",
                        "--accept-change",
                        "training.clip-norm"),
                folder.resolve("accepted"),
                7);
        SpactorProcess.Outcome resumed = SpactorProcess.run(folder, "pretrain", "--resume", "accepted", "--steps", "9");

        assertDone(resumed);
        assertThat(resumed.output()).contains("changed training.clip-norm: 1.0, now 3.0");
        assertThat(folder.resolve("accepted/config.yaml")).content().contains("clip-norm: 3.0");
    }

    @Test
    @Tag("long")
    void changedDataAreRefusedHoweverTheFileIsCalled() throws Exception {
        Path text = folder.resolve("text.txt");
        Files.writeString(text, "The ship sailed over the wide and stormy sea. ".repeat(500));
        assertDone(SmallRun.pretrain(folder, "--data", "text.txt", "--steps", "3", "--out", "text"));
        Files.move(text, folder.resolve("moved.txt"));
        String[] resume = {"pretrain", "--resume", "text", "--steps", "5", "--data", "moved.txt"};
        assertDone(SpactorProcess.run(folder, resume));
        Files.writeString(folder.resolve("moved.txt"), "The ship sank in the wide and stormy sea. ".repeat(500));
        SpactorProcess.Outcome refused =
                SpactorProcess.run(folder, "pretrain", "--resume", "text", "--steps", "7", "--data", "moved.txt");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output())
                .contains("data: ")
                .contains("tokens to train on")
                .contains("--accept-change data");
    }

    @Test
    @Tag("long")
    void theNewestCheckpointsAndEverySoManythAreKept() throws Exception {
        assertDone(SmallRun.pretrain(
                folder,
                "--steps",
                "20",
                "--out",
                "kept",
                "--set",
                "training.checkpoint-every=2",
                "--set",
                "training.keep-checkpoints=2",
                "--set",
                "training.keep-every=3"));

        try (Stream<Path> entries = Files.list(folder.resolve("kept/checkpoints"))) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "step-00000006", "step-00000012", "step-00000018", "step-00000020", "latest");
        }
    }

    @Test
    void theManifestSaysHowFarTheRunHasComeAndWhatItWasTrainedWith() throws Exception {
        JsonNode manifest = SmallRun.json(undisturbed.resolve("checkpoints/step-00000040/manifest.json"));
        List<JsonNode> train = SmallRun.metrics(undisturbed, "train");
        JsonNode last = train.get(train.size() - 1);

        assertThat(manifest.get("step").asLong()).isEqualTo(STEPS);
        assertThat(manifest.get("tokens")).isEqualTo(last.get("tokens"));
        assertThat(manifest.get("flops")).isEqualTo(last.get("flops"));
        assertThat(manifest.get("stage").asText()).isEqualTo("span-corruption");
        assertThat(manifest.get("validations")).hasSameSizeAs(SmallRun.metrics(undisturbed, "validation"));
        assertThat(manifest.get("data").get("next-batch").asLong()).isEqualTo(STEPS);
        assertThat(manifest.get("data").get("next-segment").asLong()).isEqualTo(STEPS * 8L);
        assertThat(manifest.get("data").get("sha256").asText()).hasSize(64);
        assertThat(manifest.get("plugins").isArray()).isTrue();
        assertThat(manifest.get("configuration").get("run").get("seed").asInt()).isEqualTo(17);
    }

    @Test
    void aKeyThatDoesNotExistIsNotAccepted() throws Exception {
        SpactorProcess.Outcome outcome = SpactorProcess.run(
                folder, "pretrain", "--resume", "undisturbed", "--accept-change", "training.clip-nrom");

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(2);
        assertThat(outcome.output())
                .contains("--accept-change: no key 'training.clip-nrom'. Did you mean 'training.clip-norm'?");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aSignalBeforeTheFirstStepIsAnsweredWithAWord() throws Exception {
        SpactorProcess process = SmallRun.start(folder, with("--out", "soon"));
        assertThat(process.waitUntil(() -> Files.exists(folder.resolve("soon/run.log"))))
                .isTrue();
        Thread.sleep(100);
        process.signal("TERM");
        SpactorProcess.Outcome stopped = process.await();

        assertThat(stopped.exitCode()).as(stopped.output()).isEqualTo(143);
        assertThat(stopped.output()).containsAnyOf("SIGTERM: stopped before the first step", "SIGTERM: finishing");
    }

    @Test
    void whatIsNoRunIsRefused() throws Exception {
        SpactorProcess.Outcome outcome = SpactorProcess.run(folder, "pretrain", "--resume", "nowhere");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("there is no run in 'nowhere'").contains("--resume takes the folder");
    }

    @Test
    void aCopyOfACheckpointOutsideOfTheRunsCheckpointsIsRefusedAndNothingIsRemoved() throws Exception {
        Path original;
        try (Stream<Path> checkpoints = Files.list(undisturbed.resolve("checkpoints"))) {
            original =
                    checkpoints.filter(Files::isDirectory).sorted().findFirst().orElseThrow();
        }
        Path copy = undisturbed.resolve("best").resolve(original.getFileName());
        Files.createDirectories(copy);

        SpactorProcess.Outcome outcome = SpactorProcess.run(
                folder, "pretrain", "--resume", folder.relativize(copy).toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("is not among the checkpoints of the run undisturbed")
                .contains("copy it into undisturbed/checkpoints");
        try (Stream<Path> checkpoints = Files.list(undisturbed.resolve("checkpoints"))) {
            assertThat(checkpoints).filteredOn(Files::isDirectory).hasSize(3);
        }
        Files.delete(copy);
    }

    @Test
    void aPresetDoesNotGoWithAResumedRun() throws Exception {
        SpactorProcess.Outcome outcome =
                SpactorProcess.run(folder, "pretrain", "--resume", "undisturbed", "--preset", "tiny");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains("leave out --preset");
    }

    private static void killBehind(SpactorProcess process, Path run, int step)
            throws IOException, InterruptedException {
        assertThat(process.waitUntil(() -> SmallRun.lastStep(run) >= step)).isTrue();
        process.kill();
    }

    private static void assertDone(SpactorProcess.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("done in");
    }

    private static String[] with(String... arguments) {
        return join(SETTINGS, arguments);
    }

    private static String[] join(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }
}
