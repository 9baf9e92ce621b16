package org.spactor.data;

import org.spactor.api.random.CounterRandom;

/**
 * A random permutation of 0 … size − 1 in constant memory: a Feistel network over the smallest square power of two that
 * holds them, applied until the result is in range (Black and Rogaway, <i>Ciphers with arbitrary finite domains</i>,
 * 2002).
 *
 * @param size how many numbers are permuted, at least 1
 * @param key decides the permutation
 */
record Permutation(long size, long key) {
    private static final int ROUNDS = 6;

    Permutation {
        if (size < 1) {
            throw new IllegalArgumentException("a permutation of " + size + " numbers");
        }
    }

    /** Where a number goes. */
    long at(long index) {
        int halfBits = Math.max(1, (64 - Long.numberOfLeadingZeros(size - 1) + 1) / 2);
        long value = index;
        do {
            value = scramble(value, halfBits);
        } while (value >= size);
        return value;
    }

    private long scramble(long value, int halfBits) {
        long mask = (1L << halfBits) - 1;
        long left = value >>> halfBits;
        long right = value & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long mixed = left ^ (CounterRandom.bits(key + round, right) & mask);
            left = right;
            right = mixed;
        }
        return left << halfBits | right;
    }
}
