package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run does not depend on the language, digits and letters of its user. */
class LocaleTest {
    private static final int STEPS = 12;
    private static final String[] SETTINGS = {
        "--set", "curriculum.options.switch-step=6",
        "--set", "training.log-every=1",
        "--set", "training.checkpoint-every=3"
    };

    @TempDir
    private static Path folder;

    @BeforeAll
    static void trainUndisturbed() throws Exception {
        SpactorProcess.Outcome whole =
                SmallRun.pretrain(folder, with("--out", "undisturbed", "--steps", Integer.toString(STEPS)));
        assertThat(whole.exitCode()).as(whole.output()).isZero();
    }

    @Test
    void aRunInPersianGoesOnToTheSameBits() throws Exception {
        stopAndGoOn("fa", "IR", "");
    }

    @ParameterizedTest
    @CsvSource({"ar, EG, ''", "th, TH, nu-thai", "hi, IN, nu-deva", "tr, TR, ''"})
    @Tag("long")
    void aRunInOtherLanguagesGoesOnToTheSameBits(String language, String country, String extensions) throws Exception {
        stopAndGoOn(language, country, extensions);
    }

    private static void stopAndGoOn(String language, String country, String extensions) throws Exception {
        Path run = folder.resolve(language);
        SpactorProcess first = start(
                language,
                country,
                extensions,
                SmallRun.arguments(with("--out", language, "--steps", Integer.toString(STEPS))));
        assertThat(first.waitUntil(() -> SmallRun.lastStep(run) >= 4)).isTrue();
        first.kill();
        SpactorProcess.Outcome second = start(language, country, extensions, "pretrain", "--resume", language)
                .await();

        assertThat(second.exitCode()).as(second.output()).isZero();
        assertThat(second.output()).contains("resumes behind step");
        SmallRun.assertSame(run, folder.resolve("undisturbed"), STEPS);
        assertThat(run.resolve("checkpoints").toFile().list())
                .containsExactlyInAnyOrder("latest", "step-00000006", "step-00000009", "step-00000012");
    }

    private static SpactorProcess start(String language, String country, String extensions, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(SpactorProcess.command(arguments));
        command.addAll(
                1,
                List.of("-Duser.language=" + language, "-Duser.country=" + country, "-Duser.extensions=" + extensions));
        return SpactorProcess.startCommand(folder, command);
    }

    private static String[] with(String... arguments) {
        return Stream.concat(Arrays.stream(SETTINGS), Arrays.stream(arguments)).toArray(String[]::new);
    }
}
