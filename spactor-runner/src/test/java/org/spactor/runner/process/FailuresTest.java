package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees who asks for what cannot be: a message that says what, where and what to do; no stack trace. */
class FailuresTest {
    @TempDir
    private Path folder;

    @Test
    void nativesThatCannotBeUnpackedAreSaidWithWhereAndWhatTheyNeed() throws Exception {
        Path file = Files.writeString(folder.resolve("full"), "");
        List<String> command = new ArrayList<>(SpactorProcess.command("pretrain", "--out", "unpacked"));
        for (String property : new String[] {"org.bytedeco.javacpp.cachedir", "user.home", "java.io.tmpdir"}) {
            command.add(1, "-D" + property + "=" + file.resolve("cache"));
        }
        SpactorProcess.Outcome outcome =
                SpactorProcess.startCommand(folder, command).await();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("the native libraries cannot be loaded")
                .contains("530 MB, to " + file.resolve("cache"))
                .contains("SPACTOR_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR")
                .doesNotContain("unexpected failure");
    }

    @Test
    void everyProblemOfAConfigurationIsToldAtOnceWithPlaceAndSuggestion() throws Exception {
        Files.writeString(folder.resolve("run.yaml"), """
                corruptors:
                  - {name: spna}
                training:
                  batchsize: 8
                  clip-norm: -1
                """);
        SpactorProcess.Outcome outcome = fails(2, "--preset", "tiny", "--config", "run.yaml");

        assertThat(outcome.output())
                .contains("3 problems in run.yaml")
                .contains("no corruptor 'spna'. Did you mean 'span'?")
                .contains("training.batchsize: unknown key. Did you mean 'training.batch-size'?")
                .contains("training.clip-norm: -1 is not within [0, inf)")
                .contains("run.yaml:");
    }

    @Test
    void aMissingInputIsNamed() throws Exception {
        assertThat(fails(1, "--data", "nowhere.txt").output()).contains("nowhere.txt");
    }

    @Test
    void anEmptyFileIsNamed() throws Exception {
        Files.createFile(folder.resolve("empty.txt"));
        assertThat(fails(1, "--data", "empty.txt").output()).contains("empty.txt");
    }

    @Test
    void aBinaryFileIsNamed() throws Exception {
        Files.write(folder.resolve("binary.txt"), new byte[] {1, 0, 2, 0, 3, 0, 0, 0});
        assertThat(fails(1, "--data", "binary.txt").output()).contains("binary.txt");
    }

    @Test
    void textThatIsShorterThanASegmentIsRefusedWithTheNumbers() throws Exception {
        Files.writeString(folder.resolve("short.txt"), "Call me Ishmael.");
        assertThat(fails(1, "--data", "short.txt").output())
                .contains("data.input-length")
                .containsPattern("\\d+ tokens")
                .containsPattern("segment of \\d+ each");
    }

    @Test
    void aMissingTokenizerIsNamed() throws Exception {
        assertThat(fails(1, "--set", "data.tokenizer=none.model").output()).contains("none.model");
    }

    @Test
    void aRunFolderThatIsTakenIsNotTouched() throws Exception {
        Path precious = Files.createDirectories(folder.resolve("run")).resolve("precious.txt");
        Files.writeString(precious, "mine");

        assertThat(fails(1, "--out", "run").output()).contains("'run' is there already");
        assertThat(precious).hasContent("mine");
    }

    @Test
    void replicasThatDoNotDivideTheBatchAreRefused() throws Exception {
        assertThat(fails(1, "--set", "training.replicas=3", "--set", "training.batch-size=8")
                        .output())
                .contains("training.replicas 3 does not divide");
    }

    @Test
    void aCardThatIsNotThereIsRefusedBeforeAnythingRuns() throws Exception {
        assertThat(fails(1, "--device", "cuda:9999", "--out", "run").output())
                .containsAnyOf("there is no NVIDIA driver", "there is no card 9999")
                .doesNotContain("tokens to train on");
    }

    @Test
    void aDeviceThatDoesNotExistIsRefusedWithThoseThatDo() throws Exception {
        assertThat(fails(2, "--device", "gpu").output())
                .contains("training.device: 'gpu' is none of cpu, cuda, cuda:1")
                .contains("(--device)");
    }

    private SpactorProcess.Outcome fails(int exitCode, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("pretrain"));
        all.addAll(List.of(arguments));
        SpactorProcess.Outcome outcome = SpactorProcess.run(folder, all.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(exitCode);
        assertThat(outcome.output()).doesNotContain("\tat ").doesNotContain("Exception");
        return outcome;
    }
}
