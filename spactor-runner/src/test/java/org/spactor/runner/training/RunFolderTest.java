package org.spactor.runner.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.runner.checkpoint.Continuation;

/** Going on from a checkpoint is decided by one file; whoever opens the run's folder after a kill finishes the rest. */
class RunFolderTest {
    private static final String BACK = "step-00000005";

    @TempDir
    private Path run;

    @BeforeEach
    void leaveARun() throws Exception {
        Files.writeString(run.resolve("config.yaml"), "old\n");
        for (String checkpoint : new String[] {BACK, "step-00000010", "step-00000015"}) {
            Files.createDirectories(run.resolve("checkpoints").resolve(checkpoint));
        }
        Files.writeString(run.resolve("checkpoints/latest"), "step-00000015\n");
    }

    @Test
    void whatWasDecidedBeforeAKillIsFinished() throws Exception {
        decide();

        assertGoneBack();
    }

    @Test
    void whatWasHalfDoneBeforeAKillIsFinished() throws Exception {
        decide();
        Files.writeString(run.resolve("checkpoints/latest"), BACK + "\n");
        Files.delete(run.resolve("checkpoints/step-00000015"));

        assertGoneBack();
    }

    @Test
    void whatWasNotDecidedChangesNothing() throws Exception {
        Files.writeString(run.resolve("continuation.json.writing"), "{\"checkpoint\": \"step-00000005\", \"acc");

        try (RunFolder folder = RunFolder.open(run)) {
            assertThat(folder.configuration()).hasContent("old");
            assertThat(folder.checkpoints().newest()).hasValue(run.resolve("checkpoints/step-00000015"));
        }
    }

    @Test
    void whatWasFinishedIsNotDoneAgain() throws Exception {
        decide();
        RunFolder.open(run).close();
        Files.writeString(run.resolve("config.yaml"), "edited by hand\n");
        Files.createDirectories(run.resolve("checkpoints/step-00000020"));

        try (RunFolder folder = RunFolder.open(run)) {
            assertThat(folder.configuration()).hasContent("edited by hand");
            assertThat(folder.checkpoints().newest()).hasValue(run.resolve("checkpoints/step-00000020"));
        }
    }

    @Test
    void aDamagedDecisionIsRefusedWithWhatToDoAndTheFolderIsNotLeftLocked() throws Exception {
        Files.writeString(run.resolve("continuation.json"), "{}");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> RunFolder.open(run))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("continuation.json' is damaged: it has no 'checkpoint'. When it is removed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".lock", "run.log", "metrics.jsonl", "config.yaml", "continuation.json", "checkpoints/latest"})
    void noFileIsWrittenThroughALink(String name) throws Exception {
        Path elsewhere = Files.writeString(run.resolve("elsewhere"), "mine");
        Files.deleteIfExists(run.resolve(name));
        Files.createSymbolicLink(run.resolve(name), elsewhere);

        assertThatThrownBy(() -> RunFolder.open(run))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(run.resolve(name) + "' is a symbolic link");
        assertThat(elsewhere).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.yaml.writing", "checkpoints/latest.writing", "continuation.json.writing"})
    void whatIsBeingWrittenIsNotWrittenThroughALinkEither(String name) throws Exception {
        Path elsewhere = Files.writeString(run.resolve("elsewhere"), "mine");
        Files.createSymbolicLink(run.resolve(name), elsewhere);
        decide();

        assertGoneBack();
        assertThat(elsewhere).hasContent("mine");
    }

    private void decide() throws Exception {
        Continuation continuation = new Continuation(BACK, Map.of("training.clip-norm", "3.0"), Optional.of("new\n"));
        Files.writeString(run.resolve("continuation.json"), continuation.toJson());
    }

    private void assertGoneBack() {
        try (RunFolder folder = RunFolder.open(run)) {
            assertThat(folder.configuration()).hasContent("new");
            assertThat(run.resolve("checkpoints/latest")).hasContent(BACK);
            assertThat(run.resolve("checkpoints").toFile().list()).containsExactlyInAnyOrder(BACK, "latest");
            assertThat(folder.accepted(Path.of(BACK))).containsExactly(Map.entry("training.clip-norm", "3.0"));
            assertThat(folder.accepted(Path.of("step-00000010"))).isEmpty();
        }
    }
}
