package org.spactor.runner.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    private static final Manifest.Origin ORIGIN = new Manifest.Origin(
            JsonNodeFactory.instance.objectNode(), 8, 2, new Manifest.Data(1, 1, "0".repeat(64)), List.of(), Map.of());

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void anOldCheckpointThatCannotBeRemovedIsAWarning() throws Exception {
        Path old = write(1);
        assertThat(old.toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(old))
                .as("the superuser may remove everything")
                .isFalse();
        Path next = write(2);

        assertThat(new CheckpointStore(folder).newest()).hasValue(next);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("the old checkpoint " + old + " cannot be removed: no access to");
        assertThat(folder.resolve("step-00000001.removed").toFile().setWritable(true))
                .isTrue();
    }

    private Path write(long step) {
        TrainingState state = new TrainingState(step, 1, 1, "stage", List.of(), 0, 0);
        return new CheckpointStore(folder)
                .write(state, ORIGIN, List.of(), List.of(), new Retention(1, 0), warnings::add);
    }
}
