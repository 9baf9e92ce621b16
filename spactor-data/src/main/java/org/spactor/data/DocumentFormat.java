package org.spactor.data;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** How documents are written in a file. */
interface DocumentFormat {
    /** The file names' endings, for people. */
    String ENDINGS = ".jsonl, .json (one object with a field 'text' a line), .txt, .text, .md, each also with .gz";

    /**
     * Hands the documents of one file to the sink.
     *
     * @throws IOException if the stream below the lines fails
     */
    void read(LineReader lines, String file, DocumentSink sink) throws IOException;

    /** The format that a file's name stands for; empty if none. */
    static Optional<DocumentFormat> ofFileName(String fileName, DataLimits limits) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".gz")) {
            name = name.substring(0, name.length() - ".gz".length());
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "jsonl", "json" -> Optional.of(new JsonLines(limits.maximumLineBytes()));
            case "txt", "text", "md" -> Optional.of(new PlainText(limits.documentCharacters()));
            default -> Optional.empty();
        };
    }
}
