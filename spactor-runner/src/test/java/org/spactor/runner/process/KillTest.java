package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose processes are killed one after the other, at random moments, ends as one that nothing happened to. */
@Tag("long")
class KillTest {
    private static final int KILLS = 20;
    private static final int STEPS_BETWEEN = 6;
    private static final int SWITCH = KILLS * STEPS_BETWEEN / 2;
    /** So many that no process gets to the end before it is killed. */
    private static final int STEPS = 500;

    private static final int SIGKILL = 128 + 9;
    private static final String[] SETTINGS = {
        "--steps", "" + STEPS,
        "--set", "curriculum.options.switch-step=" + SWITCH,
        "--set", "architecture.options.dropout=0.1",
        "--set", "training.log-every=1",
        "--set", "training.validate-every=9",
        "--set", "training.checkpoint-every=5"
    };

    @TempDir
    private Path folder;

    private final Random random = new Random(20);

    @Test
    void aRunThatIsKilledTwentyTimesEndsWithTheSameBits() throws Exception {
        SpactorProcess.Outcome whole = SmallRun.pretrain(folder, with("--out", "undisturbed"));
        assertThat(whole.exitCode()).as(whole.output()).isZero();
        Path run = folder.resolve("killed");
        for (int kill = 0; kill < KILLS; kill++) {
            SpactorProcess process = live(run);
            assertThat(process.waitUntil(moment(kill, run))).isTrue();
            Thread.sleep(random.nextInt(10));
            SpactorProcess.Outcome killed = process.kill();
            assertThat(killed.exitCode()).as(killed.output()).isEqualTo(SIGKILL);
        }
        SpactorProcess.Outcome last = SpactorProcess.run(folder, "pretrain", "--resume", "killed");

        assertThat(last.exitCode()).as(last.output()).isZero();
        assertThat(last.output()).contains("resumes behind step");
        SmallRun.assertSame(run, folder.resolve("undisturbed"), STEPS);
    }

    /** Goes on, or begins if the process before did not get as far as to say what it was to do. */
    private SpactorProcess live(Path run) throws IOException {
        return Files.exists(run.resolve("config.yaml"))
                ? SpactorProcess.start(folder, "pretrain", "--resume", "killed")
                : SmallRun.start(folder, with("--out", "killed"));
    }

    /** When to kill: while the process starts, while it writes a checkpoint, or behind some step of either stage. */
    private SpactorProcess.Condition moment(int kill, Path run) throws IOException {
        long step = (long) kill * STEPS_BETWEEN + random.nextInt(STEPS_BETWEEN);
        SpactorProcess.Condition behindStep = () -> SmallRun.lastStep(run) >= step;
        return switch (kill % 4) {
            case 0 -> {
                long time = System.nanoTime() + random.nextLong(3_000_000_000L);
                yield () -> System.nanoTime() >= time || SmallRun.lastStep(run) >= step;
            }
            case 1 -> () -> behindStep.holds() && isWriting(run);
            default -> behindStep;
        };
    }

    private static boolean isWriting(Path run) throws IOException {
        Path checkpoints = run.resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(checkpoints)) {
            return entries.anyMatch(entry -> entry.getFileName().toString().matches("step-\\d+\\.writing"));
        }
    }

    private static String[] with(String... arguments) {
        return Stream.concat(Arrays.stream(SETTINGS), Arrays.stream(arguments)).toArray(String[]::new);
    }
}
