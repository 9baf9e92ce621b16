package org.spactor.engine.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header (type, shape and place of every
 * tensor), then the tensors' elements, little-endian. See the format's description in the project huggingface/safetensors.
 */
public final class Safetensors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LENGTH_BYTES = 8;
    private static final long LARGEST_HEADER = 100_000_000;
    private static final String METADATA = "__metadata__";

    private Safetensors() {}

    /**
     * Reads a file. The elements stay in the file until they are looked at.
     *
     * @throws IOException if the file cannot be read or is not in the format; the message names the file
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
            return tensors(parse(header, file), channel, LENGTH_BYTES + headerLength, file);
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

    private static JsonNode parse(ByteBuffer header, Path file) throws IOException {
        try {
            return JSON.readTree(new String(header.array(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not a safetensors file: its header is not JSON", e);
        }
    }

    private static Map<String, Tensor> tensors(JsonNode header, FileChannel channel, long dataStart, Path file)
            throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals(METADATA)) {
                continue;
            }
            JsonNode description = entry.getValue();
            long[] shape = JSON.convertValue(description.get("shape"), long[].class);
            long begin = description.get("data_offsets").get(0).asLong();
            long end = description.get("data_offsets").get(1).asLong();
            if (begin < 0 || end < begin || dataStart + end > channel.size()) {
                throw new IOException(file + " is cut off: tensor '" + entry.getKey() + "' would end at byte "
                        + (dataStart + end) + " of " + channel.size());
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, dataStart + begin, end - begin);
            tensors.put(
                    entry.getKey(),
                    new Tensor(entry.getKey(), description.get("dtype").asText(), shape, bytes));
        }
        return tensors;
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
