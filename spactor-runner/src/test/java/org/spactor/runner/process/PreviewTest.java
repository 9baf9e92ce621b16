package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewTest {
    @TempDir
    private Path folder;

    @Test
    void inputsTargetsAndMasksOfATextAreShownAndStatisticsBesideWhatWasAskedFor() throws Exception {
        Files.writeString(folder.resolve("run.yaml"), """
                corruptors:
                  - {name: span, options: {noise-density: 0.5, mean-span-length: 2}}
                  - {name: token-mask, options: {rate: 0.2}}
                """);

        SpactorProcess.Outcome outcome = SpactorProcess.run(
                folder, "preview", "--preset", "tiny", "--config", "run.yaml", "--text", "one two three four five");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("one two three four five", "inputs (", "targets (", "masked-inputs (", "masked-positions (")
                .contains("<extra_id_0>", "</s>")
                .contains("1,000 segments of ")
                .containsPattern("share of noise +0\\.(49|50)\\d +0\\.5\\R")
                .containsPattern("mean length of a span +(1\\.9|2\\.0)\\d\\d +2\\.0\\R")
                .containsPattern("share of masked-positions +0\\.(19|20)\\d +0\\.2\\R")
                .containsPattern("length of inputs +12\\d\\.\\d +at most 12\\d\\R")
                .as("escape sequences are for terminals")
                .doesNotContain("\u001B[");
        assertThat(outcome.output().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void anEmptyTextIsWrongUsage() throws Exception {
        SpactorProcess.Outcome outcome = SpactorProcess.run(folder, "preview", "--text", "");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains("--text is empty. Give a text to corrupt");
    }
}
