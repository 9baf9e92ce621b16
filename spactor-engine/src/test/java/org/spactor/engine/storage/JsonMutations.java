package org.spactor.engine.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes JSON as somebody might who means ill, or knows no better: values, fields and elements. */
public final class JsonMutations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] TEXTS = {
        "",
        "x",
        "../../../../etc/passwd",
        "/dev/zero",
        "NaN",
        "1",
        "F32",
        "F64",
        "BOOL",
        "parameters.safetensors",
        "0".repeat(64),
        "\u0000",
        "\ud83d\ude00",
        "step-00000001",
        "e".repeat(5000)
    };
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        3,
        4,
        7,
        8,
        255,
        1 << 16,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 31,
        1L << 32,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final Random random;

    /** Mutations of a seed. */
    public JsonMutations(long seed) {
        this.random = new Random(seed);
    }

    /** A copy with one to four changes. */
    public JsonNode mutate(JsonNode json) {
        ObjectNode root = JSON.objectNode();
        root.set("root", json.deepCopy());
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change(root);
        }
        return root.path("root");
    }

    private void change(ObjectNode root) {
        List<JsonNode> parents = new ArrayList<>();
        collect(root, parents);
        JsonNode parent = parents.get(random.nextInt(parents.size()));
        if (parent instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            boolean isRoot = parent == root;
            switch (isRoot ? 0 : random.nextInt(4)) {
                case 0 -> object.set(name, isRoot ? root.get(name) : value());
                case 1 -> object.remove(name);
                case 2 -> object.set(TEXTS[random.nextInt(TEXTS.length)], value());
                default ->
                    object.set(
                            name,
                            object.get(names.get(random.nextInt(names.size()))).deepCopy());
            }
        } else if (parent instanceof ArrayNode array) {
            switch (array.isEmpty() ? 2 : random.nextInt(3)) {
                case 0 -> array.set(random.nextInt(array.size()), value());
                case 1 -> array.remove(random.nextInt(array.size()));
                default -> array.add(value());
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> parents) {
        if (node.isContainerNode()) {
            parents.add(node);
            node.forEach(child -> collect(child, parents));
        }
    }

    private JsonNode value() {
        return switch (random.nextInt(10)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextDouble());
            case 3 -> JSON.numberNode(BigInteger.TWO.pow(random.nextInt(200)));
            case 4 -> JSON.objectNode();
            case 5 -> JSON.arrayNode();
            case 6 -> JSON.textNode(TEXTS[random.nextInt(TEXTS.length)]);
            case 7 -> JSON.arrayNode().add(number()).add(number());
            default -> JSON.numberNode(number());
        };
    }

    private long number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    /** The bytes with some of them changed, or cut off. */
    public byte[] mutate(byte[] bytes) {
        byte[] changed =
                random.nextInt(4) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
        for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    /** Whether to do something that is done one time in so many. */
    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }
}
