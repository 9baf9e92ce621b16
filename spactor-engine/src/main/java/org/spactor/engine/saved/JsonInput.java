package org.spactor.engine.saved;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads JSON from front to back and takes nothing but what is expected where it is expected: fields come in one order, and
 * none is passed over. What is wrong is an {@link IllegalArgumentException} that says where it stands.
 */
final class JsonInput {
    /** How {@link JsonOutput} writes the bits of what is no number. */
    private static final String BITS = "0x[0-9a-f]{16}";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int FIRST_LENGTH = 16;

    private final JsonParser parser;
    /** Whether the parser stands on a token that was looked at, but not taken. */
    private boolean ahead;

    /** Stands before the first token. */
    JsonInput(InputStream stream) throws IOException {
        this.parser = JSON.createParser(stream);
    }

    /** Goes into an object. */
    void beginObject() throws IOException {
        take(JsonToken.START_OBJECT, "an object");
    }

    /** Goes out of an object of which everything was read. */
    void endObject() throws IOException {
        take(JsonToken.END_OBJECT, "the end of the object");
    }

    /** Goes into a list. */
    void beginList() throws IOException {
        take(JsonToken.START_ARRAY, "a list");
    }

    /** Goes out of a list of which everything was read. */
    void endList() throws IOException {
        take(JsonToken.END_ARRAY, "the end of the list");
    }

    /** Whether there is another field or element before the object or list ends. */
    boolean hasMore() throws IOException {
        JsonToken token = next();
        return token != null && token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY;
    }

    /** The name of the next field, whatever it is; its value comes next. */
    String name() throws IOException {
        require(JsonToken.FIELD_NAME, "a field");
        String name = parser.currentName();
        ahead = false;
        return name;
    }

    /** The name of the next field, which has to be this one; its value comes next. */
    void field(String expected) throws IOException {
        if (next() != JsonToken.FIELD_NAME || !parser.currentName().equals(expected)) {
            throw wrong("the field '" + expected + "'");
        }
        ahead = false;
    }

    /** A text. */
    String text() throws IOException {
        require(JsonToken.VALUE_STRING, "a text");
        String text = parser.getText();
        ahead = false;
        return text;
    }

    /** A whole number of 64 bits. */
    long whole() throws IOException {
        require(JsonToken.VALUE_NUMBER_INT, "a whole number");
        long number = parser.getLongValue();
        ahead = false;
        return number;
    }

    /** A whole number from 0 to the greatest {@code int}. */
    int count() throws IOException {
        long number = whole();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a number from 0 on was expected, not " + number + where());
        }
        return (int) number;
    }

    /** A number in double precision, to the bit. */
    double real() throws IOException {
        double number;
        if (next() == JsonToken.VALUE_STRING && parser.getText().matches(BITS)) {
            number = Double.longBitsToDouble(
                    Long.parseUnsignedLong(parser.getText().substring(2), 16));
        } else {
            require(JsonToken.VALUE_NUMBER_FLOAT, "a real number");
            number = parser.getDoubleValue();
        }
        ahead = false;
        return number;
    }

    /** A yes or no. */
    boolean flag() throws IOException {
        boolean yes = next() == JsonToken.VALUE_TRUE;
        if (!yes) {
            require(JsonToken.VALUE_FALSE, "true or false");
        }
        ahead = false;
        return yes;
    }

    /** A list of whole numbers. */
    long[] wholes() throws IOException {
        long[] numbers = new long[FIRST_LENGTH];
        int length = 0;
        beginList();
        while (hasMore()) {
            numbers = length == numbers.length ? Arrays.copyOf(numbers, 2 * length) : numbers;
            numbers[length++] = whole();
        }
        endList();
        return Arrays.copyOf(numbers, length);
    }

    /** A list of real numbers. */
    double[] reals() throws IOException {
        double[] numbers = new double[FIRST_LENGTH];
        int length = 0;
        beginList();
        while (hasMore()) {
            numbers = length == numbers.length ? Arrays.copyOf(numbers, 2 * length) : numbers;
            numbers[length++] = real();
        }
        endList();
        return Arrays.copyOf(numbers, length);
    }

    /** A list of different texts, in their order. */
    Set<String> names() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        beginList();
        while (hasMore()) {
            String name = text();
            if (!names.add(name)) {
                throw new IllegalArgumentException("'" + name + "' is there twice" + where());
            }
        }
        endList();
        return names;
    }

    /** Makes sure that nothing follows, and so that a compressed stream is read up to its check sum. */
    void end() throws IOException {
        if (next() != null) {
            throw wrong("the end of the file");
        }
    }

    /** The next token, which is not taken yet. The parser does not go further before, so that messages say where it is. */
    private JsonToken next() throws IOException {
        if (!ahead) {
            parser.nextToken();
            ahead = true;
        }
        return parser.currentToken();
    }

    /** Where the token stands that was taken or looked at last, for a message. */
    String where() {
        String path = parser.getParsingContext().pathAsPointer().toString();
        return " at " + (path.isEmpty() ? "/" : path);
    }

    private void take(JsonToken token, String what) throws IOException {
        require(token, what);
        ahead = false;
    }

    private void require(JsonToken token, String what) throws IOException {
        if (next() != token) {
            throw wrong(what);
        }
    }

    private IllegalArgumentException wrong(String expected) throws IOException {
        JsonToken token = next();
        String found = token == null
                ? "the end"
                : token == JsonToken.FIELD_NAME ? "the field '" + parser.currentName() + "'" : parser.getText();
        return new IllegalArgumentException(expected + " was expected, not " + found + where());
    }
}
