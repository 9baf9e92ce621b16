package org.spactor.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.spactor.data.DataReport.Place;

/**
 * A file that is one document. A very long one becomes several, cut at line ends, so that a file of any size needs
 * little memory. A document with a line that cannot be read is unusable as a whole, because a gap would join what does
 * not belong together.
 */
final class PlainText implements DocumentFormat {
    private final int documentCharacters;

    PlainText(int documentCharacters) {
        this.documentCharacters = documentCharacters;
    }

    @Override
    public void read(LineReader lines, String file, DocumentSink sink) throws IOException {
        StringBuilder text = new StringBuilder();
        Place start = new Place(file, 0, "");
        boolean usable = true;
        boolean empty = true;
        while (lines.next()) {
            if (!empty && text.length() >= documentCharacters) {
                finish(text, start, usable, sink);
                start = lines.place("");
                usable = true;
                text.setLength(0);
            }
            empty = false;
            try {
                // One problem a document: the report counts documents.
                if (lines.tooLong() && usable) {
                    sink.problem(Problem.LINE_TOO_LONG, lines.place(""));
                    usable = false;
                }
                text.append(lines.text()).append('\n');
            } catch (CharacterCodingException e) {
                if (usable) {
                    sink.problem(Problem.UNDECODABLE_TEXT, lines.place(""));
                    usable = false;
                }
            }
        }
        finish(text, start, usable, sink);
    }

    private static void finish(StringBuilder text, Place start, boolean usable, DocumentSink sink) {
        if (usable) {
            sink.document(start.toString(), text.toString(), start);
        }
    }
}
