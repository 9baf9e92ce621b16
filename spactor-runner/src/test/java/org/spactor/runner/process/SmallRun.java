package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
        return start(folder, arguments).await();
    }

    /** Starts {@code spactor pretrain} in a folder; the arguments win over the settings of a small run. */
    static SpactorProcess start(Path folder, String... arguments) throws IOException {
        return SpactorProcess.start(folder, arguments(arguments));
    }

    /** The arguments of a small run. */
    static String[] arguments(String... arguments) {
        List<String> all = new ArrayList<>(List.of("pretrain"));
        all.addAll(List.of(SETTINGS));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    /** All lines of a run's metrics without what depends on the machine's speed. */
    static List<JsonNode> withoutRates(Path run) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            ObjectNode node = (ObjectNode) JSON.readTree(line);
            node.remove("tokens-per-second");
            lines.add(node);
        }
        return lines;
    }

    /** The last step that a run's metrics tell of; 0 if there is none. */
    static long lastStep(Path run) throws IOException {
        Path file = run.resolve("metrics.jsonl");
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file);
        int end = text.lastIndexOf('\n');
        int start = text.lastIndexOf('\n', end - 1) + 1;
        return end < 0
                ? 0
                : JSON.readTree(text.substring(start, end)).get("step").asLong();
    }

    /** Checks that a run ended as another one: metrics apart from rates, parameters and optimizer bit for bit. */
    static void assertSame(Path run, Path expected, long step) throws IOException {
        assertThat(withoutRates(run)).isEqualTo(withoutRates(expected));
        for (String file : new String[] {"parameters.safetensors", "optimizer.safetensors"}) {
            String path = String.format("checkpoints/step-%08d/%s", step, file);
            assertThat(run.resolve(path)).hasSameBinaryContentAs(expected.resolve(path));
        }
    }

    /** Copies the folder of a run. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.walk(from)) {
            for (Path entry : entries.toList()) {
                Files.copy(entry, to.resolve(from.relativize(entry)));
            }
        }
    }

    /** A file as JSON. */
    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
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
