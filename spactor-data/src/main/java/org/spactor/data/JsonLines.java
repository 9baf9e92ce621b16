package org.spactor.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.spactor.data.DataReport.Place;

/**
 * One JSON object a line, with a string {@code text} and, if it has one, a string or number {@code id}; other fields
 * are of no interest. Blank lines separate nothing and mean nothing.
 */
final class JsonLines implements DocumentFormat {
    private final JsonFactory json;

    JsonLines(int maximumLineBytes) {
        // Jackson's own limit is shorter than a line may be; the line's length is checked before.
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(maximumLineBytes)
                        .build())
                .build();
    }

    @Override
    public void read(LineReader lines, String file, DocumentSink sink) throws IOException {
        boolean anything = false;
        while (lines.next()) {
            if (lines.tooLong()) {
                sink.problem(Problem.LINE_TOO_LONG, lines.place(""));
                anything = true;
                continue;
            }
            String line;
            try {
                line = lines.text();
            } catch (CharacterCodingException e) {
                sink.problem(Problem.UNDECODABLE_TEXT, lines.place(""));
                anything = true;
                continue;
            }
            if (!line.isBlank()) {
                parse(line, lines, sink);
                anything = true;
            }
        }
        if (!anything) {
            sink.problem(Problem.EMPTY_DOCUMENT, new Place(file, 0, ""));
        }
    }

    private void parse(String line, LineReader lines, DocumentSink sink) throws IOException {
        String id = lines.place("").toString();
        String text = null;
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                sink.problem(Problem.MALFORMED_JSON, lines.place("the line does not start with {"));
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("text") && value == JsonToken.VALUE_STRING) {
                    text = parser.getText();
                } else if (field.equals("id") && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    id = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                sink.problem(Problem.MALFORMED_JSON, lines.place("something follows the object"));
                return;
            }
        } catch (JsonProcessingException e) {
            sink.problem(Problem.MALFORMED_JSON, lines.place(e.getOriginalMessage()));
            return;
        }
        if (text == null) {
            sink.problem(Problem.MISSING_TEXT, lines.place(""));
        } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            sink.problem(Problem.UNDECODABLE_TEXT, lines.place("half a surrogate pair"));
        } else {
            sink.document(id, text, lines.place(""));
        }
    }
}
