package org.spactor.engine.saved;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.spactor.engine.plan.Plan;

/**
 * A plan in a file: JSON, compressed with gzip. The object has the fields {@code format}, {@code version} and {@code plan},
 * and the plan's fields are those of the records of {@link org.spactor.engine.plan}, always in the same order. A plan
 * comes back as it was, doubles to the bit.
 */
public final class PlanFile {
    private static final FileFormat FORMAT = new FileFormat("spactor-plan", 1);
    private static final String PLAN = "plan";

    private PlanFile() {}

    /** Writes a plan, over whatever the file holds. */
    public static void write(Path file, Plan plan) throws IOException {
        Files.write(file, bytes(plan));
    }

    /**
     * Reads a plan.
     *
     * @throws IOException if the file cannot be read or does not hold a plan that can be run: it is cut off, of another
     *     version, has kinds of instruction or storage that there are not, or operands outside of their memory; the
     *     message names the file and says what is wrong with it and where
     */
    public static Plan read(Path file) throws IOException {
        return plan(Files.readAllBytes(file), file);
    }

    /** What is written into a file. */
    static byte[] bytes(Plan plan) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonOutput json = new JsonOutput(new GZIPOutputStream(bytes))) {
            json.beginObject();
            FORMAT.write(json);
            json.field(PLAN);
            new PlanWriter(json).write(plan);
            json.endObject();
        }
        return bytes.toByteArray();
    }

    /**
     * A plan from what was read from a file.
     *
     * @param file for messages
     */
    static Plan plan(byte[] bytes, Path file) throws IOException {
        return FORMAT.read(() -> new GZIPInputStream(new ByteArrayInputStream(bytes)), file, json -> {
            json.field(PLAN);
            return new PlanReader(json).read();
        });
    }
}
