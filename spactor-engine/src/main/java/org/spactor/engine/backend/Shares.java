package org.spactor.engine.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Work on tensors, dealt out so that everybody gets about as many elements and nobody part of a tensor. */
public final class Shares {
    private Shares() {}

    /**
     * Deals tensors out, the largest first, to whoever has least.
     *
     * @param elements number of elements of each tensor
     * @param count number of shares
     * @return for each share the places of its tensors in the list; some are empty if there are more shares than tensors
     */
    public static List<List<Integer>> of(List<Long> elements, int count) {
        List<Integer> largestFirst = new ArrayList<>();
        List<List<Integer>> shares = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            largestFirst.add(i);
        }
        for (int i = 0; i < count; i++) {
            shares.add(new ArrayList<>());
        }
        largestFirst.sort(Comparator.comparing(elements::get).reversed());
        long[] dealt = new long[count];
        for (int tensor : largestFirst) {
            int least = 0;
            for (int i = 1; i < count; i++) {
                least = dealt[i] < dealt[least] ? i : least;
            }
            shares.get(least).add(tensor);
            dealt[least] += elements.get(tensor);
        }
        return shares;
    }
}
