package org.spactor.engine.nd4j.host;

import java.util.ArrayList;
import java.util.List;

/**
 * Some neighbouring rows, columns, heads or elements: the share of one thread.
 *
 * @param from the first
 * @param to the one behind the last
 */
public record Slice(int from, int to) {
    /** How many there are. */
    public int length() {
        return to - from;
    }

    /** The elements of these rows. */
    public Slice times(int columns) {
        return new Slice(Math.multiplyExact(from, columns), Math.multiplyExact(to, columns));
    }

    /**
     * Cuts into pieces of about the same size.
     *
     * @param total number of rows, at least 1
     * @param parts most pieces
     * @param unit pieces begin at multiples of this
     */
    public static List<Slice> of(long total, int parts, int unit) {
        long units = (total + unit - 1) / unit;
        long count = Math.max(1, Math.min(parts, units));
        List<Slice> slices = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long from = units * i / count * unit;
            long to = Math.min(total, units * (i + 1) / count * unit);
            slices.add(new Slice(Math.toIntExact(from), Math.toIntExact(to)));
        }
        return slices;
    }
}
