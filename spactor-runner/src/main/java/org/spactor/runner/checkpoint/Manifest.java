package org.spactor.runner.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spactor.api.curriculum.Progress;

/**
 * What a checkpoint says of itself, beside the tensors: {@code manifest.json}.
 *
 * @param state how far the run had come
 * @param origin what it was trained with
 * @param files SHA-256 of every other file of the checkpoint, by name
 */
public record Manifest(TrainingState state, Origin origin, Map<String, String> files) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int FORMAT = 1;
    private static final String SHA256 = "sha256";

    public Manifest {
        files = Map.copyOf(files);
    }

    /**
     * What a checkpoint was trained with.
     *
     * @param configuration the resolved configuration, as maps, lists and values
     * @param batchSize examples of a step
     * @param replicas threads that each computed a share of the batch
     * @param data what was read
     * @param plugins the plugins whose components may have been used
     * @param versions of the programs, by name
     */
    public record Origin(
            JsonNode configuration,
            int batchSize,
            int replicas,
            Data data,
            List<PluginVersion> plugins,
            Map<String, String> versions) {
        public Origin {
            plugins = List.copyOf(plugins);
            versions = new LinkedHashMap<>(versions);
        }

        /** All of it that can be known without reading the data. */
        public RunIdentity identity() {
            return RunIdentity.of(configuration, replicas, plugins);
        }
    }

    /**
     * What was read.
     *
     * @param trainingTokens tokens of the text that is trained on
     * @param validationTokens tokens of the text that is held out
     * @param sha256 of both texts' tokens
     */
    public record Data(long trainingTokens, long validationTokens, String sha256) {
        /** As a part of a run's identity. */
        public RunIdentity identity() {
            return new RunIdentity(Map.of(
                    "data",
                    trainingTokens + " tokens to train on and " + validationTokens + " held out, SHA-256 " + sha256));
        }
    }

    /** The manifest as JSON, with a hash of its own. */
    public String toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("step", state.step());
        json.put("tokens", state.tokens());
        json.put("flops", state.flops());
        json.put("stage", state.stage());
        json.put("skipped", state.skipped());
        json.put("skipped-in-a-row", state.skippedInARow());
        ArrayNode validations = json.putArray("validations");
        for (Progress.Validation validation : state.validations()) {
            ObjectNode entry = validations.addObject().put("step", validation.step());
            ObjectNode losses = entry.putObject("losses");
            new TreeMap<>(validation.losses()).forEach(losses::put);
        }
        ObjectNode data = json.putObject("data");
        data.put("next-batch", state.step());
        data.put("next-segment", state.step() * origin.batchSize());
        data.put("training-tokens", origin.data().trainingTokens());
        data.put("validation-tokens", origin.data().validationTokens());
        data.put(SHA256, origin.data().sha256());
        json.put("batch-size", origin.batchSize());
        json.put("replicas", origin.replicas());
        ArrayNode plugins = json.putArray("plugins");
        for (PluginVersion plugin : origin.plugins()) {
            ObjectNode entry = plugins.addObject();
            entry.put("id", plugin.id()).put("version", plugin.version()).put(SHA256, plugin.sha256());
        }
        origin.versions().forEach(json.putObject("versions")::put);
        ObjectNode files = json.putObject("files");
        this.files.forEach((name, hash) -> files.putObject(name).put(SHA256, hash));
        json.set("configuration", origin.configuration());
        json.put(SHA256, hash(json));
        return write(json) + "\n";
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if this is none, or was altered; the message says how
     */
    public static Manifest parse(String text) {
        JsonNode parsed;
        try {
            parsed = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON", e);
        }
        if (!(parsed instanceof ObjectNode json) || !json.path("format").isInt()) {
            throw new IllegalArgumentException("is not the manifest of a checkpoint");
        }
        if (json.get("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("has format " + json.get("format") + "; this version of Spactor reads "
                    + FORMAT + ". Use the version that wrote it, or a newer one");
        }
        String stated = json.path(SHA256).asText();
        json.remove(SHA256);
        String actual = hash(json);
        if (!stated.equals(actual)) {
            throw new IllegalArgumentException("has SHA-256 " + actual + " where it says " + stated);
        }
        return new Manifest(state(json), origin(json), files(json.get("files")));
    }

    private static TrainingState state(JsonNode json) {
        List<Progress.Validation> validations = new ArrayList<>();
        for (JsonNode entry : json.get("validations")) {
            Map<String, Double> losses = new LinkedHashMap<>();
            // what is not finite is a text in JSON
            entry.get("losses")
                    .properties()
                    .forEach(loss -> losses.put(
                            loss.getKey(), Double.parseDouble(loss.getValue().asText())));
            validations.add(new Progress.Validation(entry.get("step").asLong(), losses));
        }
        return new TrainingState(
                json.get("step").asLong(),
                json.get("tokens").asLong(),
                json.get("flops").asLong(),
                json.get("stage").asText(),
                validations,
                json.get("skipped").asLong(),
                json.get("skipped-in-a-row").asInt());
    }

    private static Origin origin(JsonNode json) {
        JsonNode data = json.get("data");
        List<PluginVersion> plugins = new ArrayList<>();
        for (JsonNode plugin : json.get("plugins")) {
            plugins.add(new PluginVersion(
                    plugin.get("id").asText(),
                    plugin.get("version").asText(),
                    plugin.get(SHA256).asText()));
        }
        Map<String, String> versions = new LinkedHashMap<>();
        json.get("versions")
                .properties()
                .forEach(version ->
                        versions.put(version.getKey(), version.getValue().asText()));
        return new Origin(
                json.get("configuration"),
                json.get("batch-size").asInt(),
                json.get("replicas").asInt(),
                new Data(
                        data.get("training-tokens").asLong(),
                        data.get("validation-tokens").asLong(),
                        data.get(SHA256).asText()),
                plugins,
                versions);
    }

    private static Map<String, String> files(JsonNode json) {
        Map<String, String> files = new LinkedHashMap<>();
        json.properties()
                .forEach(file ->
                        files.put(file.getKey(), file.getValue().get(SHA256).asText()));
        return files;
    }

    private static String hash(JsonNode json) {
        return Sha256.of(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String write(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
