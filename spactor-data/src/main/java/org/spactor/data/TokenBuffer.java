package org.spactor.data;

import java.util.ArrayList;
import java.util.List;

/** A growing sequence of tokens that may be longer than an array can be. Positions are longs. */
final class TokenBuffer {
    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final List<int[]> chunks = new ArrayList<>();
    private long size;

    long size() {
        return size;
    }

    void append(int[] tokens) {
        int done = 0;
        while (done < tokens.length) {
            int offset = (int) size & (CHUNK - 1);
            if (offset == 0) {
                chunks.add(new int[CHUNK]);
            }
            int count = Math.min(CHUNK - offset, tokens.length - done);
            System.arraycopy(tokens, done, chunks.get(chunks.size() - 1), offset, count);
            done += count;
            size += count;
        }
    }

    void copy(long from, int[] target, int targetOffset, int length) {
        if (from < 0 || length < 0 || from > size - length) {
            throw new IndexOutOfBoundsException(length + " tokens from " + from + " of " + size);
        }
        int done = 0;
        while (done < length) {
            long position = from + done;
            int offset = (int) position & (CHUNK - 1);
            int count = Math.min(CHUNK - offset, length - done);
            System.arraycopy(chunks.get((int) (position >>> CHUNK_BITS)), offset, target, targetOffset + done, count);
            done += count;
        }
    }
}
