package org.spactor.engine.saved;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Locale;

/** Writes JSON from front to back, as {@link JsonInput} reads it. */
final class JsonOutput implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator generator;

    /** Onto a stream, which is closed with it. */
    JsonOutput(OutputStream stream) throws IOException {
        this.generator = JSON.createGenerator(stream);
    }

    /** The same in lines, for people to look at. */
    static JsonOutput indented(OutputStream stream) throws IOException {
        JsonOutput output = new JsonOutput(stream);
        output.generator.useDefaultPrettyPrinter();
        return output;
    }

    void beginObject() throws IOException {
        generator.writeStartObject();
    }

    void endObject() throws IOException {
        generator.writeEndObject();
    }

    void beginList() throws IOException {
        generator.writeStartArray();
    }

    void endList() throws IOException {
        generator.writeEndArray();
    }

    void field(String name) throws IOException {
        generator.writeFieldName(name);
    }

    void text(String text) throws IOException {
        generator.writeString(text);
    }

    void whole(long number) throws IOException {
        generator.writeNumber(number);
    }

    /** A finite number in as many digits as tell it from all others, anything else as its bits. */
    void real(double number) throws IOException {
        if (Double.isFinite(number)) {
            generator.writeNumber(number);
        } else {
            generator.writeString(String.format(Locale.ROOT, "0x%016x", Double.doubleToRawLongBits(number)));
        }
    }

    void flag(boolean yes) throws IOException {
        generator.writeBoolean(yes);
    }

    void wholes(long... numbers) throws IOException {
        generator.writeStartArray();
        for (long number : numbers) {
            whole(number);
        }
        generator.writeEndArray();
    }

    void reals(double... numbers) throws IOException {
        generator.writeStartArray();
        for (double number : numbers) {
            real(number);
        }
        generator.writeEndArray();
    }

    void names(Collection<String> names) throws IOException {
        generator.writeStartArray();
        for (String name : names) {
            text(name);
        }
        generator.writeEndArray();
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }
}
