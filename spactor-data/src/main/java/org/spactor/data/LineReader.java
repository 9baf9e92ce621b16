package org.spactor.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.spactor.data.DataReport.Place;

/**
 * The lines of a stream of UTF-8, one at a time. Unlike {@link java.io.BufferedReader} it has a limit, so that a file
 * without line ends does not fill the memory, and it does not replace what it cannot decode.
 */
final class LineReader {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final String file;
    private final int maximumBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private byte[] line = new byte[256];
    private int length;
    private boolean tooLong;
    private long number;

    LineReader(InputStream in, String file, int maximumBytes) {
        this.in = in;
        this.file = file;
        this.maximumBytes = maximumBytes;
    }

    /**
     * Goes on to the next line.
     *
     * @return false at the end
     * @throws DataException if the line has a NUL byte, which no text has
     */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (position < limit || fill()) {
            if (!any) {
                any = true;
                number++;
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                if (buffer[end] == 0) {
                    throw new DataException(place("") + ": a NUL byte, so this is a binary file or not UTF-8."
                            + " Remove it from the inputs, or convert it to UTF-8");
                }
                end++;
            }
            append(end);
            position = end;
            if (end < limit) {
                position++;
                break;
            }
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        if (length > maximumBytes) {
            tooLong = true;
            length = 0;
        }
        return any;
    }

    /** Number of the current line, from 1; 0 before the first. */
    long number() {
        return number;
    }

    /** Where the current line is. */
    Place place(String detail) {
        return new Place(file, number, detail);
    }

    /** Whether the current line is longer than the limit; its text is lost. */
    boolean tooLong() {
        return tooLong;
    }

    /** The current line without its end and without a byte order mark. */
    String text() throws CharacterCodingException {
        int from = number == 1 && startsWithByteOrderMark() ? BYTE_ORDER_MARK.length : 0;
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(line, from, length - from))
                .toString();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private void append(int end) {
        int more = end - position;
        // One byte above the limit may be a carriage return that is taken off later.
        if (tooLong || (long) length + more > (long) maximumBytes + 1) {
            tooLong = true;
            length = 0;
            return;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, (int) Math.min(Math.max(2L * line.length, length + more), maximumBytes + 1L));
        }
        System.arraycopy(buffer, position, line, length, more);
        length += more;
    }

    private boolean startsWithByteOrderMark() {
        return length >= BYTE_ORDER_MARK.length
                && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }
}
