package org.spactor.engine.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header (type, shape and place of every
 * tensor), then the tensors' elements, little-endian. See the format's description in the project huggingface/safetensors.
 */
public final class Safetensors {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LENGTH_BYTES = 8;
    private static final long LARGEST_HEADER = 100_000_000;
    private static final String METADATA = "__metadata__";

    private Safetensors() {}

    /**
     * Reads a file. The elements stay in the file until they are looked at. Everything is checked that the format's own
     * reader checks: the length of the header, its fields, types, shapes, and that the tensors' elements lie one behind the
     * other, without gap or overlap, up to the end of the file.
     *
     * @throws IOException if the file cannot be read or is not in the format; the message names the file, and the tensor
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, length, 0, file);
            long headerLength = length.getLong(0);
            if (headerLength < 2 || headerLength > Math.min(LARGEST_HEADER, channel.size() - LENGTH_BYTES)) {
                throw new IOException(
                        file + " is not a safetensors file: its header would have " + headerLength + " bytes");
            }
            ByteBuffer header = ByteBuffer.allocate((int) headerLength);
            readFully(channel, header, LENGTH_BYTES, file);
            long dataStart = LENGTH_BYTES + headerLength;
            List<TensorEntry> entries = entries(header.array(), channel.size() - dataStart, file);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (TensorEntry entry : entries) {
                if (entry.bytes() > Integer.MAX_VALUE) {
                    throw new IOException(file + ": tensor '" + entry.name() + "' has " + entry.bytes()
                            + " bytes, and tensors of more than 2 GB cannot be read yet");
                }
                ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, dataStart + entry.begin(), entry.bytes());
                tensors.put(entry.name(), new Tensor(entry.name(), entry.type(), entry.shape(), bytes));
            }
            return tensors;
        }
    }

    /** What the header says, checked, in the order in which it says it. */
    private static List<TensorEntry> entries(byte[] header, long dataLength, Path file) throws IOException {
        List<TensorEntry> entries = new ArrayList<>();
        try {
            for (Map.Entry<String, JsonNode> field : object(header).properties()) {
                if (!field.getKey().equals(METADATA)) {
                    entries.add(TensorEntry.parse(field.getKey(), field.getValue()));
                } else if (!isTexts(field.getValue())) {
                    throw new IllegalArgumentException("its " + METADATA + " is not an object of texts");
                }
            }
            requireSeamless(entries, dataLength);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a safetensors file: " + e.getMessage(), e);
        }
        return entries;
    }

    private static JsonNode object(byte[] header) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header));
            JsonNode json = JSON.readTree(text.toString());
            if (json == null || !json.isObject()) {
                throw new IllegalArgumentException("its header is not a JSON object");
            }
            return json;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("its header is not text in UTF-8", e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("its header is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static boolean isTexts(JsonNode metadata) {
        return metadata.isObject()
                && metadata.properties().stream()
                        .allMatch(entry -> entry.getValue().isTextual());
    }

    private static void requireSeamless(List<TensorEntry> entries, long dataLength) {
        List<TensorEntry> inOrder = new ArrayList<>(entries);
        inOrder.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
        long end = 0;
        for (TensorEntry entry : inOrder) {
            if (entry.begin() != end) {
                throw new IllegalArgumentException("the elements of '" + entry.name() + "' begin at byte "
                        + entry.begin() + ", and those before them end at " + end);
            }
            end = entry.end();
        }
        if (end != dataLength) {
            throw new IllegalArgumentException("its tensors end at byte " + end + " of " + dataLength
                    + (end > dataLength ? ": it is cut off" : ""));
        }
    }

    /**
     * Writes a file and makes sure that it is on the disk.
     *
     * @param tensors in the order in which they are written
     * @param metadata free text by key
     */
    public static void write(Path file, List<Tensor> tensors, Map<String, String> metadata) throws IOException {
        byte[] header = header(tensors, metadata);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            length.putLong(0, header.length);
            writeFully(channel, length);
            writeFully(channel, ByteBuffer.wrap(header));
            for (Tensor tensor : tensors) {
                writeFully(channel, tensor.bytes().duplicate());
            }
            channel.force(true);
        }
    }

    private static byte[] header(List<Tensor> tensors, Map<String, String> metadata) throws JsonProcessingException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            header.set(METADATA, JSON.valueToTree(metadata));
        }
        long offset = 0;
        for (Tensor tensor : tensors) {
            ObjectNode entry = header.putObject(tensor.name());
            entry.put("dtype", tensor.type());
            entry.set("shape", JSON.valueToTree(tensor.shape()));
            long end = offset + tensor.bytes().remaining();
            entry.set("data_offsets", JSON.valueToTree(new long[] {offset, end}));
            offset = end;
        }
        byte[] text = JSON.writeValueAsBytes(header);
        // spaces behind the header put the elements on a multiple of eight bytes
        int padded = (text.length + LENGTH_BYTES - 1) / LENGTH_BYTES * LENGTH_BYTES;
        byte[] bytes = Arrays.copyOf(text, padded);
        Arrays.fill(bytes, text.length, padded, (byte) ' ');
        return bytes;
    }

    private static void readFully(FileChannel channel, ByteBuffer buffer, long position, Path file) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new IOException(file + " is not a safetensors file: it ends after " + at + " bytes");
            }
            at += read;
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
