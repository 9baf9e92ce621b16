package org.spactor.runner.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs of the preset {@code tiny} with a model so small that they take seconds, and what they leave. */
final class SmallRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] SETTINGS = {
        "--set", "architecture.options.d-model=32",
        "--set", "architecture.options.d-ff=64",
        "--set", "architecture.options.d-kv=16",
        "--set", "architecture.options.heads=2",
        "--set", "architecture.options.layers=1",
        "--set", "data.input-length=64",
        "--set", "data.validation.batches=2",
        "--set", "training.batch-size=8",
        "--set", "training.log-every=5",
        "--set", "training.validate-every=20"
    };

    private SmallRun() {}

    /** Runs {@code spactor pretrain} in a folder; the arguments win over the settings of a small run. */
    static SpactorProcess.Outcome pretrain(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("pretrain"));
        all.addAll(List.of(SETTINGS));
        all.addAll(List.of(arguments));
        return SpactorProcess.run(folder, all.toArray(String[]::new));
    }

    /** The lines of a kind in the metrics of a run. */
    static List<JsonNode> metrics(Path run, String kind) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            JsonNode node = JSON.readTree(line);
            if (node.get("kind").asText().equals(kind)) {
                lines.add(node);
            }
        }
        return lines;
    }
}
