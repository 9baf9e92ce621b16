package org.spactor.runner.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * That a run goes on from a checkpoint, and how: {@code continuation.json}. Going on changes several files; it is decided
 * when this one is there, and whoever opens the run after a kill finishes the rest.
 *
 * @param checkpoint name of the checkpoint's folder
 * @param accepted what is not as it was in the checkpoint, and its value now, which the user accepted; it holds for this
 *     checkpoint alone, since those after it are written with these values
 * @param configuration {@code config.yaml} as it is to be; empty once everything is done
 */
public record Continuation(String checkpoint, Map<String, String> accepted, Optional<String> configuration) {
    /** In bytes: a configuration, and what was accepted. */
    private static final long LARGEST = 4_000_000;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Continuation {
        accepted = Collections.unmodifiableMap(new TreeMap<>(accepted));
    }

    /** The same, with everything done. */
    public Continuation done() {
        return new Continuation(checkpoint, accepted, Optional.empty());
    }

    /** As JSON. */
    public String toJson() {
        ObjectNode json = JSON.createObjectNode().put("checkpoint", checkpoint);
        ObjectNode values = json.putObject("accepted");
        accepted.forEach(values::put);
        configuration.ifPresent(text -> json.put("configuration", text));
        return json.toPrettyString() + "\n";
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is something else; the message says what
     * @throws CheckpointException if it is no file, or larger than any of Spactor's
     */
    public static Continuation read(Path file) throws IOException {
        return parse(RegularFiles.text(file, LARGEST));
    }

    /**
     * Reads what {@link #toJson} made.
     *
     * @throws IllegalArgumentException if it is something else; the message says what
     */
    public static Continuation parse(String text) {
        JsonFields json = JsonFields.parse(text);
        String checkpoint = json.text("checkpoint");
        if (!CheckpointStore.isName(checkpoint)) {
            throw new IllegalArgumentException("does not name a checkpoint");
        }
        Map<String, String> accepted = json.object("accepted").texts();
        Optional<String> configuration =
                json.has("configuration") ? Optional.of(json.text("configuration")) : Optional.empty();
        json.requireNoMore();
        return new Continuation(checkpoint, accepted, configuration);
    }
}
