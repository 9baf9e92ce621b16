package org.spactor.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.spactor.data.DataReport.Place;

/** Reads one file, packed or not. */
final class DocumentFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final DocumentFormat format;
    private final int maximumLineBytes;

    DocumentFile(String name, DocumentFormat format, int maximumLineBytes) {
        this.name = name;
        this.format = format;
        this.maximumLineBytes = maximumLineBytes;
    }

    /** Hands the documents in a stream of the file's bytes to the sink. */
    void read(InputStream bytes, DocumentSink sink) throws IOException {
        BufferedInputStream in = new BufferedInputStream(bytes, BUFFER_BYTES);
        if (startsAsGzip(in)) {
            readGzip(in, sink);
        } else {
            format.read(new LineReader(in, name, maximumLineBytes), name, sink);
        }
    }

    private void readGzip(InputStream in, DocumentSink sink) throws IOException {
        long line = 0;
        try (GZIPInputStream unpacked = new GZIPInputStream(in, BUFFER_BYTES)) {
            LineReader lines = new LineReader(unpacked, name, maximumLineBytes);
            try {
                format.read(lines, name, sink);
            } finally {
                line = lines.number();
            }
        } catch (ZipException | EOFException e) {
            String reason = e.getMessage() == null ? "" : e.getMessage();
            sink.problem(Problem.BROKEN_GZIP, new Place(name, line, reason));
        }
    }

    /** Looks at the first bytes, because a file's name may say otherwise. */
    private static boolean startsAsGzip(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() | in.read() << 8;
        in.reset();
        return magic == GZIPInputStream.GZIP_MAGIC;
    }
}
