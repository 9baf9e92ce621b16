package org.spactor.runner.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fields of a JSON object that may come from anywhere: each that is asked for has to be there and be what it is asked
 * for, and none may be left over. Every failure is an {@link IllegalArgumentException} that says which field it is, what
 * was found and what is expected, to be put behind the name of the file.
 */
final class JsonFields {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_EXCERPT = 60;

    private final String place;
    private final ObjectNode object;
    private final Set<String> asked = new LinkedHashSet<>();

    private JsonFields(String place, JsonNode node) {
        if (!(node instanceof ObjectNode fields)) {
            throw new IllegalArgumentException(
                    place.isEmpty() ? "is not a JSON object" : expected(place, node, "a JSON object"));
        }
        this.place = place;
        this.object = fields;
    }

    /** Reads a text that is one JSON object. */
    static JsonFields parse(String text) {
        try {
            return new JsonFields("", JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The object itself, to be looked at as a whole. */
    ObjectNode json() {
        return object;
    }

    /** The names of all fields. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Iterator<String> fields = object.fieldNames(); fields.hasNext(); ) {
            names.add(fields.next());
        }
        return names;
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** A whole number between two bounds, both inclusive. */
    long integer(String name, long least, long greatest) {
        JsonNode node = node(name);
        boolean fits = node.isIntegralNumber() && node.canConvertToLong();
        if (!fits || node.longValue() < least || node.longValue() > greatest) {
            throw new IllegalArgumentException(
                    expected(key(name), node, "a whole number from " + least + " to " + greatest));
        }
        return node.longValue();
    }

    String text(String name) {
        JsonNode node = node(name);
        if (!node.isTextual()) {
            throw new IllegalArgumentException(expected(key(name), node, "a text"));
        }
        return node.textValue();
    }

    /** A SHA-256 in hexadecimal. */
    String hash(String name) {
        String text = text(name);
        if (!HASH.matcher(text).matches()) {
            throw new IllegalArgumentException(expected(key(name), node(name), "a SHA-256, 64 hexadecimal digits"));
        }
        return text;
    }

    /** A real number; what is not finite is a text in JSON. */
    double real(String name) {
        JsonNode node = node(name);
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.isTextual() ? node.textValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException(expected(key(name), node, "a number"));
        };
    }

    JsonFields object(String name) {
        return new JsonFields(key(name), node(name));
    }

    List<JsonFields> objects(String name) {
        JsonNode node = node(name);
        if (!node.isArray()) {
            throw new IllegalArgumentException(expected(key(name), node, "a list"));
        }
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : node) {
            objects.add(new JsonFields(key(name) + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    /** All fields, each a text. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        names().forEach(name -> texts.put(name, text(name)));
        return texts;
    }

    /** All fields, each a real number. */
    Map<String, Double> reals() {
        Map<String, Double> reals = new LinkedHashMap<>();
        names().forEach(name -> reals.put(name, real(name)));
        return reals;
    }

    /** Refuses what was not asked for. */
    void requireNoMore() {
        Set<String> more = names();
        more.removeAll(asked);
        if (!more.isEmpty()) {
            throw new IllegalArgumentException(
                    "has '" + excerpt(key(more.iterator().next())) + "', which this version of Spactor does not know");
        }
    }

    private JsonNode node(String name) {
        asked.add(name);
        JsonNode node = object.get(name);
        if (node == null) {
            throw new IllegalArgumentException("has no '" + excerpt(key(name)) + "'");
        }
        return node;
    }

    private String key(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static String expected(String key, JsonNode found, String expected) {
        return "has " + excerpt(String.valueOf(found)) + " as '" + excerpt(key) + "', where " + expected
                + " is expected";
    }

    private static String excerpt(String text) {
        return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "…";
    }
}
