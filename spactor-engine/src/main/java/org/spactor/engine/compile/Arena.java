package org.spactor.engine.compile;

import java.util.Map;
import java.util.TreeMap;

/** Places blocks in one stretch of memory: the smallest gap that fits, or the end. */
final class Arena {
    /** Blocks begin at multiples of this many elements: 64 bytes of float32, a cache line. */
    private static final long ALIGNMENT = 16;

    private final TreeMap<Long, Long> gaps = new TreeMap<>();
    private long end;

    /** Takes a block and returns its first element. */
    long take(long elements) {
        long size = aligned(elements);
        Map.Entry<Long, Long> best = null;
        for (Map.Entry<Long, Long> gap : gaps.entrySet()) {
            boolean fits = gap.getValue() >= size;
            if (fits && (best == null || gap.getValue() < best.getValue())) {
                best = gap;
            }
        }
        if (best == null) {
            return takeAtEnd(size);
        }
        long offset = best.getKey();
        long left = best.getValue() - size;
        gaps.remove(offset);
        if (left > 0) {
            gaps.put(offset + size, left);
        }
        return offset;
    }

    /** Gives a block back. */
    void release(long offset, long elements) {
        long first = offset;
        long size = aligned(elements);
        Map.Entry<Long, Long> before = gaps.lowerEntry(offset);
        if (before != null && before.getKey() + before.getValue() == offset) {
            first = before.getKey();
            size += before.getValue();
            gaps.remove(first);
        }
        Long after = gaps.remove(first + size);
        gaps.put(first, size + (after == null ? 0 : after));
    }

    /** Elements needed in all. */
    long elements() {
        return end;
    }

    private long takeAtEnd(long size) {
        Map.Entry<Long, Long> last = gaps.lastEntry();
        boolean lastGapIsAtEnd = last != null && last.getKey() + last.getValue() == end;
        long offset = lastGapIsAtEnd ? last.getKey() : end;
        if (lastGapIsAtEnd) {
            gaps.remove(offset);
        }
        end = offset + size;
        return offset;
    }

    private static long aligned(long elements) {
        return Math.max(1, (elements + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
    }
}
