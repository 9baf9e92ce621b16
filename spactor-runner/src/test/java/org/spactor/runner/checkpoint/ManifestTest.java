package org.spactor.runner.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.curriculum.Progress;
import org.spactor.engine.storage.JsonMutations;

/** Manifests that somebody else may have made: their hash is right. */
class ManifestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MUTATIONS = 10_000;
    private static final String HASH = "a".repeat(64);
    private static final Manifest SOUND = new Manifest(
            new TrainingState(
                    20, 1000, 2000, "hybrid", List.of(new Progress.Validation(10, Map.of("sc", Double.NaN))), 3, 1),
            new Manifest.Origin(
                    JsonNodeFactory.instance.objectNode().put("training", 1),
                    8,
                    2,
                    new Manifest.Data(100, 10, HASH),
                    List.of(new PluginVersion("example", "1.0", HASH)),
                    Map.of("spactor", "0.2")),
            Map.of("parameters.safetensors", HASH, "optimizer.safetensors", HASH));

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsRead() {
        Manifest read = Manifest.parse(SOUND.toJson());

        assertThat(read).isEqualTo(SOUND);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/step | 'x' | has \"x\" as 'step', where a whole number from 0 to 100000000 is expected",
                "/step | -5 | has -5 as 'step'",
                "/step | 9223372036854775808 | has 9223372036854775808 as 'step'",
                "/step | 21 | as 'data.next-batch', where a whole number from 21 to 21",
                "/step | | has no 'step'",
                "/tokens | 1.5 | has 1.5 as 'tokens'",
                "/skipped | 21 | a whole number from 0 to 20",
                "/skipped-in-a-row | 4 | a whole number from 0 to 3",
                "/validations | | has no 'validations'",
                "/validations | {} | has {} as 'validations', where a list is expected",
                "/validations/0 | null | has null as 'validations[0]', where a JSON object is expected",
                "/validations/0/step | 21 | as 'validations[0].step'",
                "/validations/0/losses/sc | 'x' | has \"x\" as 'validations[0].losses.sc', where a number",
                "/files | | has no 'files'",
                "/files | {} | lists other files than optimizer.safetensors and parameters.safetensors",
                "/files/..~1..~1secret | {} | lists other files",
                "/files/parameters.safetensors/sha256 | 'b' | a SHA-256, 64 hexadecimal digits",
                "/data | | has no 'data'",
                "/data/sha256 | 1 | has 1 as 'data.sha256', where a text",
                "/configuration | [] | has [] as 'configuration', where a JSON object",
                "/plugins | 'x' | as 'plugins', where a list",
                "/plugins/0/version | 1 | has 1 as 'plugins[0].version'",
                "/versions | | has no 'versions'",
                "/versions/spactor | {} | as 'versions.spactor', where a text",
                "/replicas | 0 | has 0 as 'replicas', where a whole number from 1",
                "/batch-size | 4294967296 | has 4294967296 as 'batch-size'",
                "/format | 2 | this version of Spactor reads 1",
                "/format | | is not the manifest of a checkpoint",
                "/more | 1 | has 'more', which this version of Spactor does not know"
            })
    void whatIsMissingOrWrongIsNamed(String place, String value, String message) throws Exception {
        ObjectNode json = (ObjectNode) JSON.readTree(SOUND.toJson());
        set(json, place, value == null ? null : JSON.readTree(value.replace('\'', '"')));

        assertThatThrownBy(() -> Manifest.parse(signed(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void mutatedManifestsAreReadOrRefusedWithAMessageOfOurs() throws Exception {
        JsonMutations mutations = new JsonMutations(14);
        JsonNode sound = JSON.readTree(SOUND.toJson());
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String text = signed(mutations.mutate(sound));
            if (mutations.oneIn(8)) {
                text = new String(mutations.mutate(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
            }
            try {
                Manifest.parse(text);
            } catch (IllegalArgumentException e) {
                refused++;
                assertThat(e.getMessage()).as(text).matches("(?s)(has|is|lists) .{3,500}");
            }
        }
        assertThat(refused).isBetween(MUTATIONS / 2, MUTATIONS - 1);
    }

    @Test
    void filesThatAreLinksAreNotFollowed() throws Exception {
        Path checkpoint = write();
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.delete(checkpoint.resolve("optimizer.safetensors"));
        Files.createSymbolicLink(checkpoint.resolve("optimizer.safetensors"), secret);

        assertThatThrownBy(() -> new CheckpointStore(folder).read(checkpoint))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("optimizer.safetensors is not a regular file");
    }

    @Test
    void theFolderHasToBeOfTheManifestsStep() throws Exception {
        Path checkpoint = Files.move(write(), folder.resolve("step-00000021"));

        assertThatThrownBy(() -> new CheckpointStore(folder).read(checkpoint))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is of step 20, not 21");
    }

    private Path write() {
        return new CheckpointStore(folder)
                .write(SOUND.state(), SOUND.origin(), List.of(), List.of(), new Retention(1, 0), warning -> {});
    }

    private static void set(ObjectNode json, String place, JsonNode value) {
        int slash = place.lastIndexOf('/');
        JsonNode parent = json.at(place.substring(0, slash));
        String name = place.substring(slash + 1).replace("~1", "/");
        if (parent.isArray()) {
            ((com.fasterxml.jackson.databind.node.ArrayNode) parent).set(Integer.parseInt(name), value);
        } else if (value == null) {
            ((ObjectNode) parent).remove(name);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }

    /** With the hash that belongs to it, as whoever crafts one would make it. */
    private static String signed(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            return json.toString();
        }
        object.remove("sha256");
        object.put("sha256", Sha256.of(object.toString().getBytes(StandardCharsets.UTF_8)));
        return object.toString();
    }
}
