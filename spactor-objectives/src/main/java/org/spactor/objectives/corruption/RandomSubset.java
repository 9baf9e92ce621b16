package org.spactor.objectives.corruption;

import java.util.random.RandomGenerator;

/**
 * Draws without replacement.
 *
 * <p>Source: selection sampling, Algorithm S of Knuth, <i>The Art of Computer Programming</i>, volume 2, section 3.4.2.
 * It gives the subset in ascending order and needs no array of all candidates, as a shuffle would.
 */
final class RandomSubset {
    private RandomSubset() {}

    /**
     * Draws a subset of 0 … {@code candidates} − 1; each subset of that size is equally likely.
     *
     * @param size number of elements to draw, at most {@code candidates}
     * @return the elements, ascending
     */
    static int[] draw(int size, int candidates, RandomGenerator random) {
        int[] subset = new int[size];
        int drawn = 0;
        for (int candidate = 0; drawn < size; candidate++) {
            int left = candidates - candidate;
            int wanted = size - drawn;
            if (random.nextInt(left) < wanted) {
                subset[drawn++] = candidate;
            }
        }
        return subset;
    }
}
