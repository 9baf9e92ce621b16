package org.spactor.data;

import java.util.Arrays;
import org.spactor.api.random.CounterRandom;

/**
 * Cuts documents into segments of one length, without padding: documents are put one behind the other, with nothing
 * between them, and the next epoch behind the last one, so that the segments go on for ever. A segment may hold the end
 * of one document and the start of another, and the end of one epoch and the start of the next.
 *
 * <p>{@link #segment} is a pure function of the store, the seed, the length and the index. Segments can be asked for in
 * any order and from any thread; going upwards is fastest.
 *
 * <p>Source: T5, {@code t5/data/preprocessors.py}: {@code reduce_concat_tokens} and {@code split_tokens}.
 */
public final class Packing implements Segments {
    private static final String PURPOSE = "document-order";

    private final TokenStore store;
    private final int segmentLength;
    private final boolean shuffled;
    private final long seed;

    /**
     * The epoch that was asked for last and the one before it; segments in random order go back and forth between two.
     * Losing a race for them costs time, not correctness: they are made again.
     */
    private volatile Epoch latest;

    private volatile Epoch previous;

    private Packing(TokenStore store, int segmentLength, boolean shuffled, long seed) {
        if (segmentLength < 1) {
            throw new IllegalArgumentException("a segment must have at least 1 token, not " + segmentLength);
        }
        if (store.tokens() < segmentLength) {
            throw new DataException("the text has " + store.tokens() + " tokens, but one segment needs " + segmentLength
                    + ". Lower data.input-length, or add text");
        }
        this.store = store;
        this.segmentLength = segmentLength;
        this.shuffled = shuffled;
        this.seed = seed;
        this.latest = epoch(0);
        this.previous = latest;
    }

    /**
     * For training: the order of the documents is another one in every epoch.
     *
     * @param segmentLength number of tokens in a segment
     * @param seed decides the orders
     * @throws DataException if the store has not the tokens of one segment
     */
    public static Packing shuffled(TokenStore store, int segmentLength, long seed) {
        return new Packing(store, segmentLength, true, seed);
    }

    /**
     * For validation: the documents stay in the order in which they are stored, and the first {@link #wholeSegments}
     * segments have every text once.
     *
     * @param segmentLength number of tokens in a segment
     * @throws DataException if the store has not the tokens of one segment
     */
    public static Packing inOrder(TokenStore store, int segmentLength) {
        return new Packing(store, segmentLength, false, 0);
    }

    @Override
    public int segmentLength() {
        return segmentLength;
    }

    /** Number of tokens in an epoch. */
    public long epochTokens() {
        return store.tokens();
    }

    /** Number of segments that lie within the first epoch. */
    public long wholeSegments() {
        return store.tokens() / segmentLength;
    }

    @Override
    public int[] segment(long index) {
        if (index < 0) {
            throw new IndexOutOfBoundsException("segment " + index);
        }
        long start = Math.multiplyExact(index, (long) segmentLength);
        int[] segment = new int[segmentLength];
        int filled = 0;
        while (filled < segmentLength) {
            long position = start + filled;
            filled += epochAt(position / store.tokens()).copy(position % store.tokens(), segment, filled);
        }
        return segment;
    }

    private Epoch epochAt(long number) {
        Epoch first = latest;
        Epoch second = previous;
        if (first.number == number) {
            return first;
        }
        if (second.number == number) {
            return second;
        }
        Epoch epoch = epoch(number);
        previous = first;
        latest = epoch;
        return epoch;
    }

    private Epoch epoch(long number) {
        if (shuffled) {
            int[] order = Shuffle.order(store.documents(), CounterRandom.key(seed, PURPOSE, number));
            return new Epoch(store, number, order);
        }
        int[] order = new int[store.documents()];
        Arrays.setAll(order, i -> i);
        return new Epoch(store, number, order);
    }

    /** The documents in the order of one epoch. */
    private static final class Epoch {
        private final TokenStore store;
        private final long number;
        private final int[] order;
        /** Where the documents end, counted from the start of the epoch. */
        private final long[] ends;

        Epoch(TokenStore store, long number, int[] order) {
            this.store = store;
            this.number = number;
            this.order = order;
            this.ends = new long[order.length];
            long end = 0;
            for (int i = 0; i < order.length; i++) {
                end += store.documentLength(order[i]);
                ends[i] = end;
            }
        }

        /** Fills the target, or what the epoch has left of it, and returns how many tokens that were. */
        int copy(long from, int[] target, int targetOffset) {
            int filled = targetOffset;
            for (int i = documentAt(from); i < order.length && filled < target.length; i++) {
                long length = store.documentLength(order[i]);
                long skipped = from + (filled - targetOffset) - (ends[i] - length);
                int count = (int) Math.min(length - skipped, target.length - filled);
                store.copy(order[i], skipped, target, filled, count);
                filled += count;
            }
            return filled - targetOffset;
        }

        /** The first document that ends behind a position. */
        private int documentAt(long position) {
            int low = 0;
            int high = order.length - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (ends[middle] > position) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }
    }
}
