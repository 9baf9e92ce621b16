package org.spactor.data;

import org.spactor.api.random.CounterRandom;

/** Random orders. */
final class Shuffle {
    private Shuffle() {}

    /** The numbers from 0 to count − 1 in an order that depends on the key alone (Fisher and Yates). */
    static int[] order(int count, long key) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            // Scaled here and not by RandomGenerator.nextInt, whose way of drawing may change with the Java version.
            long bits = CounterRandom.bits(key, i) >>> 32;
            int j = (int) ((bits * (i + 1)) >>> 32);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
