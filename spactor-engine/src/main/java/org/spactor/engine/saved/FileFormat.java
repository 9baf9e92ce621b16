package org.spactor.engine.saved;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * How a file says what it is, and what is made of everything that can be wrong with it. The file is an object of the fields
 * {@code format}, {@code version} and what it holds.
 *
 * @param name what stands under {@code format}
 * @param version the only one that is read
 */
record FileFormat(String name, int version) {
    private static final String FORMAT = "format";
    private static final String VERSION = "version";

    /** What follows behind format and version. */
    @FunctionalInterface
    interface Content<T> {
        /** Reads it, up to the end of the object. */
        T read(JsonInput json) throws IOException;
    }

    /** Where the bytes come from. */
    @FunctionalInterface
    interface Source {
        /** Opens it. */
        InputStream open() throws IOException;
    }

    /** Writes the first fields of a file's object. */
    void write(JsonOutput json) throws IOException {
        json.field(FORMAT);
        json.text(name);
        json.field(VERSION);
        json.whole(version);
    }

    /**
     * Reads a file from its beginning to its end.
     *
     * @param file for messages
     * @throws IOException if it is not of this format; the message says what is wrong with it and where
     */
    <T> T read(Source source, Path file, Content<T> content) throws IOException {
        try (InputStream stream = source.open()) {
            JsonInput json = new JsonInput(stream);
            json.beginObject();
            requireThis(json);
            T read = content.read(json);
            json.endObject();
            json.end();
            return read;
        } catch (IllegalArgumentException e) {
            throw wrong(file, e.getMessage(), e);
        } catch (JsonProcessingException e) {
            throw wrong(file, "it is not JSON: " + e.getOriginalMessage(), e);
        } catch (EOFException e) {
            throw wrong(file, "it is cut off", e);
        } catch (ZipException e) {
            throw wrong(file, "it is not what was compressed: " + e.getMessage(), e);
        }
    }

    private void requireThis(JsonInput json) throws IOException {
        json.field(FORMAT);
        String actualName = json.text();
        if (!actualName.equals(name)) {
            throw new IllegalArgumentException("its format is '" + actualName + "'");
        }
        json.field(VERSION);
        long actualVersion = json.whole();
        if (actualVersion != version) {
            throw new IllegalArgumentException("it is of version " + actualVersion + " of the format, and this Spactor"
                    + " reads version " + version + " alone: save it anew");
        }
    }

    private IOException wrong(Path file, String reason, Exception cause) {
        return new IOException(file + " is no sound file of the format '" + name + "': " + reason, cause);
    }
}
