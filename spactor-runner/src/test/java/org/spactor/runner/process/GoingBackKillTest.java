package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is killed while it goes back to an older checkpoint with a changed setting, under several locales. */
@Tag("long")
class GoingBackKillTest {
    private static final int STEPS = 20;
    private static final String CHECKPOINT = "/checkpoints/step-00000005";
    private static final String[] SETTINGS = {
        "--steps", "" + STEPS,
        "--set", "curriculum.options.switch-step=10",
        "--set", "training.log-every=1",
        "--set", "training.checkpoint-every=5",
        "--set", "training.keep-checkpoints=9"
    };
    private static final String[] CHANGE = {"--set", "training.clip-norm=0.01", "--accept-change", "training.clip-norm"
    };

    @TempDir
    private static Path folder;

    /** A finished run, and what it becomes when nothing disturbs its going back. */
    private static Path old;

    private static Path changed;

    private final Random random = new Random(20);

    @BeforeAll
    static void trainUndisturbed() throws Exception {
        old = folder.resolve("old");
        changed = folder.resolve("new");
        assertDone(SmallRun.pretrain(folder, append(SETTINGS, "--out", "old")));
        SmallRun.copy(old, changed);
        assertDone(SpactorProcess.run(folder, append(CHANGE, "pretrain", "--resume", "new" + CHECKPOINT)));
    }

    @ParameterizedTest
    @CsvSource({"4, en, US, ''", "4, fa, IR, ''", "2, ar, EG, ''", "2, th, TH, nu-thai", "2, hi, IN, nu-deva"})
    void isAsBeforeOrAsAfterwards(int kills, String language, String country, String extensions) throws Exception {
        int decided = 0;
        for (int kill = 0; kill < kills; kill++) {
            String name = language + "-" + kill;
            Path run = folder.resolve(name);
            SmallRun.copy(old, run);
            List<String> command = SpactorProcess.command(append(CHANGE, "pretrain", "--resume", name + CHECKPOINT));
            command.addAll(
                    1,
                    List.of(
                            "-Duser.language=" + language,
                            "-Duser.country=" + country,
                            "-Duser.extensions=" + extensions));
            SpactorProcess process = SpactorProcess.startCommand(folder, command);
            // while the file is written, or while what follows from it is done
            String sign = kill % 2 == 0 ? "continuation.json" : "continuation.json\n";
            assertThat(process.waitUntil(() -> contains(run, sign))).isTrue();
            Thread.sleep(random.nextInt(10));
            process.kill();
            boolean isDecided = Files.exists(run.resolve("continuation.json"));
            SpactorProcess.Outcome last = SpactorProcess.run(folder, "pretrain", "--resume", name);

            assertThat(last.exitCode()).as(last.output()).isZero();
            SmallRun.assertSame(run, isDecided ? changed : old, STEPS);
            assertThat(run.resolve("config.yaml")).content().contains("clip-norm: " + (isDecided ? "0.01" : "1.0"));
            decided += isDecided ? 1 : 0;
        }
        assertThat(decided).isPositive();
    }

    private static boolean contains(Path run, String name) throws IOException {
        try (Stream<Path> entries = Files.list(run)) {
            return entries.anyMatch(entry -> (entry.getFileName() + "\n").startsWith(name));
        }
    }

    private static void assertDone(SpactorProcess.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }

    private static String[] append(String[] last, String... first) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(last)).toArray(String[]::new);
    }
}
