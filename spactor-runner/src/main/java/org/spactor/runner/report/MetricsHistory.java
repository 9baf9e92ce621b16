package org.spactor.runner.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.spactor.runner.checkpoint.DurableFiles;

/**
 * The lines that a run wrote before the checkpoint that it goes on from. Those of later steps, which are made again, are
 * taken out; a line that is damaged takes no other one with it.
 */
final class MetricsHistory {
    private static final ObjectReader JSON =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final long steps;
    private boolean damaged;

    private MetricsHistory(Path file, long steps) {
        this.file = file;
        this.steps = steps;
    }

    /**
     * Leaves in a file, if it is there, what was written when so many steps had been made.
     *
     * @return a copy of the file as it was, if some of its lines could not be read
     */
    static Optional<Path> keepUpTo(long steps, Path file) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? new MetricsHistory(file, steps).keep()
                : Optional.empty();
    }

    private Optional<Path> keep() throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + DurableFiles.WRITING);
        Files.deleteIfExists(beside);
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            copyLines(out);
            out.flush();
            channel.force(true);
        }
        Optional<Path> copy = damaged ? Optional.of(setAside()) : Optional.empty();
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    private void copyLines(OutputStream out) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                line.write(next);
                if (next == '\n') {
                    if (isToBeKept(line.toByteArray())) {
                        line.writeTo(out);
                    }
                    line.reset();
                }
            }
            // what has no end was being written when the process was killed: of a step behind the checkpoint
        }
    }

    private boolean isToBeKept(byte[] line) throws IOException {
        JsonNode parsed;
        try {
            parsed = JSON.readTree(line);
        } catch (JsonProcessingException | CharConversionException e) {
            damaged = true;
            return false;
        }
        JsonNode step = parsed.path("step");
        String kind = parsed.path("kind").asText();
        if (!step.canConvertToLong() || !step.isIntegralNumber() || kind.isEmpty()) {
            damaged = true;
            return false;
        }
        // a stage is told before its first step, with the number of steps made until then
        return kind.equals("stage") ? step.asLong() < steps : steps > 0 && step.asLong() <= steps;
    }

    private Path setAside() throws IOException {
        int number = 1;
        while (Files.exists(aside(number), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        return Files.copy(file, aside(number), LinkOption.NOFOLLOW_LINKS);
    }

    private Path aside(int number) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + number);
    }
}
