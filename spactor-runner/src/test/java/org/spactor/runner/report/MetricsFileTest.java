package org.spactor.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.runner.checkpoint.TrainingState;

/** A run that goes on finds its metrics as they were when the checkpoint was written. */
class MetricsFileTest {
    private static final long CHECKPOINT = 5;

    @TempDir
    private Path folder;

    @Test
    void theLinesOfStepsBehindTheCheckpointAreTakenOut() throws Exception {
        Path file = write(lines(8));

        assertThat(goOn(file, CHECKPOINT)).isNull();

        assertThat(file).content().isEqualTo(String.join("", lines(5)));
        assertThat(folder.toFile().list()).containsExactly("metrics.jsonl");
    }

    @Test
    void aLineThatAKillLeftUnfinishedIsNoDamage() throws Exception {
        List<String> lines = lines(6);
        lines.add("{\"kind\":\"tra");
        Path file = write(lines);

        assertThat(goOn(file, CHECKPOINT)).isNull();

        assertThat(file).content().isEqualTo(String.join("", lines(5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"train\",\"st\n",
                "\n",
                "\0\0\0\n",
                "[]\n",
                "{\"kind\":\"train\",\"step\":\"x\"}\n",
                "{\"kind\":\"train\",\"step\":2}{\"kind\":\"train\",\"step\":3}\n",
                "{\"kind\":\"train\",\"step\":1e999}\n",
                "{\"step\":2}\n"
            })
    void aDamagedLineTakesNoOtherOneWithItAndTheFileIsKeptAsItWas(String damaged) throws Exception {
        List<String> lines = lines(8);
        lines.add(2, damaged);
        Path file = write(lines);

        assertThat(goOn(file, CHECKPOINT)).isEqualTo(folder.resolve("metrics.jsonl.damaged-1"));

        assertThat(file).content().isEqualTo(String.join("", lines(5)));
        assertThat(folder.resolve("metrics.jsonl.damaged-1")).content().isEqualTo(String.join("", lines));
    }

    @Test
    void everyDamagedFileIsKept() throws Exception {
        Path file = write(List.of("torn\n"));
        goOn(file, CHECKPOINT);
        write(List.of("torn again\n"));

        assertThat(goOn(file, CHECKPOINT)).isEqualTo(folder.resolve("metrics.jsonl.damaged-2"));
        assertThat(folder.resolve("metrics.jsonl.damaged-1")).hasContent("torn");
    }

    private static Path goOn(Path file, long step) {
        TrainingState state = new TrainingState(step, 0, 0, "", List.of(), 0, 0);
        try (MetricsFile metrics = new MetricsFile(file, state, 1, Clock.systemUTC())) {
            return metrics.damaged().orElse(null);
        }
    }

    private Path write(List<String> lines) throws IOException {
        return Files.writeString(folder.resolve("metrics.jsonl"), String.join("", lines));
    }

    private static List<String> lines(int steps) {
        List<String> lines = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            lines.add("{\"kind\":\"train\",\"step\":" + step + "}\n");
        }
        return lines;
    }
}
