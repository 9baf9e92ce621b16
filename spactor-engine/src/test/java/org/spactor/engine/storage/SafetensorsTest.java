package org.spactor.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MUTATIONS = 10_000;
    private static final int DATA = 32;
    private static final String SOUND = "{'__metadata__': {'format': 'pt'},"
            + " 'a': {'dtype': 'F32', 'shape': [2, 3], 'data_offsets': [0, 24]},"
            + " 'b': {'dtype': 'I32', 'shape': [2], 'data_offsets': [24, 32]}}";

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1.5f)
                .putFloat(-2)
                .flip();
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, List.of(new Tensor("x", "F32", new long[] {2, 1}, bytes)), Map.of("k", "v"));

        Tensor read = Safetensors.read(file).get("x");

        assertThat(read.shape()).containsExactly(2, 1);
        assertThat(read.floats()).containsExactly(1.5f, -2f);
    }

    @Test
    void aSoundHeaderIsRead() throws IOException {
        assertThat(Safetensors.read(file(SOUND))).containsOnlyKeys("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "null | not a JSON object",
                "[] | not a JSON object",
                "{} | end at byte 0 of 32",
                "{'a': null} | tensor 'a' has other fields",
                "{'a': {'dtype': 'U8', 'shape': [32]}} | tensor 'a' has other fields",
                "{'a': {'dtype': 'U8', 'shape': [32], 'data_offsets': [0]}} | first and last offset",
                "{'a': {'dtype': 'U8', 'shape': [32], 'data_offsets': ['0', '32']}} | first and last offset",
                "{'a': {'dtype': 'U8', 'shape': [32], 'data_offsets': [32, 0]}} | first and last offset",
                "{'a': {'dtype': 'U8', 'shape': [32], 'data_offsets': [0, 32], 'more': 1}} | other fields",
                "{'a': {'dtype': 'X8', 'shape': [32], 'data_offsets': [0, 32]}} | unknown dtype",
                "{'a': {'dtype': 7, 'shape': [32], 'data_offsets': [0, 32]}} | unknown dtype",
                "{'a': {'dtype': 'U8', 'shape': [-32], 'data_offsets': [0, 32]}} | whole numbers from 0 on",
                "{'a': {'dtype': 'U8', 'shape': 32, 'data_offsets': [0, 32]}} | whole numbers from 0 on",
                "{'a': {'dtype': 'F32', 'shape': [32], 'data_offsets': [0, 32]}} | its shape and dtype do not have",
                "{'a': {'dtype': 'U8', 'shape': [4294967296, 4294967296, 2], 'data_offsets': [0, 32]}} | more bytes than",
                "{'a': {'dtype': 'U8', 'shape': [31], 'data_offsets': [0, 31]}} | end at byte 31 of 32",
                "{'a': {'dtype': 'U8', 'shape': [33], 'data_offsets': [0, 33]}} | it is cut off",
                "{'a': {'dtype': 'U8', 'shape': [31], 'data_offsets': [1, 32]}} | begin at byte 1",
                "{'a': {'dtype': 'U8', 'shape': [32], 'data_offsets': [0, 32]}, 'b': {'dtype': 'U8', 'shape': [8],"
                        + " 'data_offsets': [0, 8]}} | begin at byte 0",
                "{'__metadata__': {'a': 1}, 'a': {'dtype': 'U8', 'shape': [32], 'data_offsets': [0, 32]}} | texts",
                "{'a': {'dtype': 'U8', 'shape': [32], 'data_offsets': [0, 32]}, 'a': 1} | not JSON",
                "{'a': | not JSON",
                "{} {} | not JSON"
            })
    void whatTheFormatDoesNotAllowIsRefused(String header, String message) throws IOException {
        Path file = file(header);

        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " is not a safetensors file: ")
                .hasMessageContaining(message);
    }

    @Test
    void aTensorThatIsLargerThanAFileCanBeMappedIsRefused() throws IOException {
        Path file = file("{'a': {'dtype': 'U8', 'shape': [3000000000], 'data_offsets': [0, 3000000000]}}");

        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void mutatedHeadersAreReadOrRefusedWithAMessageOfOurs() throws IOException {
        JsonMutations mutations = new JsonMutations(13);
        JsonNode sound = JSON.readTree(SOUND.replace('\'', '"'));
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String header = mutations.mutate(sound).toString();
            byte[] content = content(header);
            Path file = folder.resolve("mutated");
            Files.write(file, mutations.oneIn(4) ? mutations.mutate(content) : content);
            try {
                Safetensors.read(file)
                        .values()
                        .forEach(
                                tensor -> assertThat(tensor.bytes().remaining()).isLessThanOrEqualTo(DATA));
            } catch (IOException e) {
                refused++;
                assertThat(e.getMessage()).as(header).startsWith(file + " is not a safetensors file: ");
            }
        }
        assertThat(refused).isBetween(MUTATIONS / 2, MUTATIONS - 1);
    }

    private Path file(String header) throws IOException {
        return Files.write(folder.resolve("crafted"), content(header.replace('\'', '"')));
    }

    private static byte[] content(String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + DATA)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }
}
