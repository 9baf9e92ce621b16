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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.Progress;
import org.spactor.runner.device.DeviceName;

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
    /** What training.steps may be at most. */
    private static final long MOST_STEPS = 100_000_000;
    /** What is summed up goes on to be. */
    private static final long GREATEST_SUM = Long.MAX_VALUE / 2;
    /** The files of a checkpoint, beside the manifest. */
    static final Set<String> FILES = Set.of(CheckpointStore.PARAMETERS, CheckpointStore.OPTIMIZER);

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

        /**
         * What was trained on; the CPU where the configuration does not say.
         *
         * @throws CheckpointException if what it says is no device
         */
        public DeviceName device() {
            JsonNode device = configuration.at("/training/device");
            try {
                return device.isMissingNode() ? new DeviceName.Cpu() : DeviceName.parse(device.asText());
            } catch (InvalidOptionException e) {
                throw new CheckpointException(
                        "the checkpoint's training.device is not one that there is: " + e.getMessage());
            }
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
        JsonFields json = JsonFields.parse(text);
        if (!json.has("format")) {
            throw new IllegalArgumentException("is not the manifest of a checkpoint");
        }
        long format = json.integer("format", 1, Integer.MAX_VALUE);
        if (format != FORMAT) {
            throw new IllegalArgumentException("has format " + format + "; this version of Spactor reads " + FORMAT
                    + ". Use the version that wrote it, or a newer one");
        }
        String stated = json.hash(SHA256);
        ObjectNode hashed = json.json().deepCopy();
        hashed.remove(SHA256);
        String actual = hash(hashed);
        if (!stated.equals(actual)) {
            throw new IllegalArgumentException("has SHA-256 " + actual + " where it says " + stated);
        }
        TrainingState state = state(json);
        Manifest manifest = new Manifest(state, origin(json, state.step()), files(json.object("files")));
        json.requireNoMore();
        return manifest;
    }

    private static TrainingState state(JsonFields json) {
        long step = json.integer("step", 0, MOST_STEPS);
        List<Progress.Validation> validations = new ArrayList<>();
        for (JsonFields entry : json.objects("validations")) {
            long at = entry.integer("step", 0, step);
            validations.add(new Progress.Validation(at, entry.object("losses").reals()));
            entry.requireNoMore();
        }
        long skipped = json.integer("skipped", 0, step);
        return new TrainingState(
                step,
                json.integer("tokens", 0, GREATEST_SUM),
                json.integer("flops", 0, GREATEST_SUM),
                json.text("stage"),
                validations,
                skipped,
                Math.toIntExact(json.integer("skipped-in-a-row", 0, Math.min(skipped, Integer.MAX_VALUE))));
    }

    private static Origin origin(JsonFields json, long step) {
        List<PluginVersion> plugins = new ArrayList<>();
        for (JsonFields plugin : json.objects("plugins")) {
            plugins.add(new PluginVersion(plugin.text("id"), plugin.text("version"), plugin.hash(SHA256)));
            plugin.requireNoMore();
        }
        int batchSize = Math.toIntExact(json.integer("batch-size", 1, Integer.MAX_VALUE));
        return new Origin(
                json.object("configuration").json(),
                batchSize,
                Math.toIntExact(json.integer("replicas", 1, Integer.MAX_VALUE)),
                data(json.object("data"), step, Math.multiplyExact(step, (long) batchSize)),
                plugins,
                json.object("versions").texts());
    }

    /** The place in the data follows from the step; it is in the file for whoever reads it. */
    private static Data data(JsonFields json, long batch, long segment) {
        json.integer("next-batch", batch, batch);
        json.integer("next-segment", segment, segment);
        Data data = new Data(
                json.integer("training-tokens", 0, Long.MAX_VALUE),
                json.integer("validation-tokens", 0, Long.MAX_VALUE),
                json.hash(SHA256));
        json.requireNoMore();
        return data;
    }

    /** Nothing but the names of the files that a checkpoint has: a name may lead elsewhere. */
    private static Map<String, String> files(JsonFields json) {
        if (!json.names().equals(FILES)) {
            throw new IllegalArgumentException("lists other files than " + String.join(" and ", new TreeSet<>(FILES))
                    + ", of which a checkpoint consists");
        }
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : json.names()) {
            JsonFields file = json.object(name);
            files.put(name, file.hash(SHA256));
            file.requireNoMore();
        }
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
