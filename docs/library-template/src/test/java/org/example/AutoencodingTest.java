package org.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.runner.embedded.Run;
import org.spactor.runner.embedded.Spactor;

class AutoencodingTest {
    @TempDir
    private Path folder;

    @Test
    void learns() {
        List<Double> losses = new ArrayList<>();
        Spactor spactor = Spactor.preset("tiny")
                .out(folder.resolve("run"))
                .set("training.steps", 20)
                .set("architecture.options.d-model", 32)
                .set("curriculum", "{name: weighted}")
                .corruptors()
                .objective(new Autoencoding(32));
        try (Run run = spactor.prepare()) {
            run.train(step -> losses.add(step.total()));
        }
        assertTrue(losses.get(19) < 0.95 * losses.get(0), losses.toString());
    }
}
