package org.spactor.engine.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * What the header of a safetensors file says of a tensor.
 *
 * @param shape sides, none negative
 * @param begin first byte, counted from the end of the header
 * @param end byte behind the last one
 */
record TensorEntry(String name, String type, long[] shape, long begin, long end) {
    private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");
    private static final int MOST_SIDES = 32;
    /** Size of an element in bytes. */
    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("BOOL", 1),
            Map.entry("U8", 1),
            Map.entry("I8", 1),
            Map.entry("F8_E5M2", 1),
            Map.entry("F8_E4M3", 1),
            Map.entry("I16", 2),
            Map.entry("U16", 2),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("I32", 4),
            Map.entry("U32", 4),
            Map.entry("F32", 4),
            Map.entry("I64", 8),
            Map.entry("U64", 8),
            Map.entry("F64", 8));

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if it is none
     */
    static TensorEntry parse(String name, JsonNode json) {
        String fields = "tensor '" + name + "' ";
        if (!json.isObject() || json.size() != FIELDS.size() || !FIELDS.stream().allMatch(json::has)) {
            throw new IllegalArgumentException(fields + "has other fields than dtype, shape and data_offsets");
        }
        JsonNode type = json.get("dtype");
        if (!type.isTextual() || !TYPES.containsKey(type.textValue())) {
            throw new IllegalArgumentException(fields + "has the unknown dtype " + type);
        }
        long[] shape = numbers(json.get("shape"));
        long[] offsets = numbers(json.get("data_offsets"));
        if (shape == null || shape.length > MOST_SIDES) {
            throw new IllegalArgumentException(
                    fields + "has no list of at most " + MOST_SIDES + " whole numbers from 0 on as its shape");
        }
        if (offsets == null || offsets.length != 2 || offsets[1] < offsets[0]) {
            throw new IllegalArgumentException(fields + "has no first and last offset as its data_offsets");
        }
        if (offsets[1] - offsets[0] != bytes(shape, TYPES.get(type.textValue()), fields)) {
            throw new IllegalArgumentException(
                    fields + "has " + (offsets[1] - offsets[0]) + " bytes, which its shape and dtype do not have");
        }
        return new TensorEntry(name, type.textValue(), shape, offsets[0], offsets[1]);
    }

    long bytes() {
        return end - begin;
    }

    /** Whole numbers from 0 on; null if it is something else. */
    private static long[] numbers(JsonNode json) {
        if (!json.isArray()) {
            return null;
        }
        long[] numbers = new long[json.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = json.get(i);
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                return null;
            }
            numbers[i] = number.longValue();
        }
        return numbers;
    }

    private static long bytes(long[] shape, int ofElement, String fields) {
        try {
            long bytes = ofElement;
            for (long side : shape) {
                bytes = Math.multiplyExact(bytes, side);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(fields + "has a shape of more bytes than there are numbers", e);
        }
    }
}
