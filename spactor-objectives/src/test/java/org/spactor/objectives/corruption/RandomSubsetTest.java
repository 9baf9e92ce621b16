package org.spactor.objectives.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spactor.api.random.CounterRandom;

class RandomSubsetTest {
    @Test
    void elementsAreDistinctAscendingAndWithinTheCandidates() {
        for (int candidates = 0; candidates <= 40; candidates++) {
            for (int size = 0; size <= candidates; size++) {
                int[] subset = RandomSubset.draw(size, candidates, CounterRandom.of(5, "test", candidates, size));

                assertThat(subset).hasSize(size).isSorted().doesNotHaveDuplicates();
                for (int element : subset) {
                    assertThat(element).isBetween(0, candidates - 1);
                }
            }
        }
    }

    @Test
    void everySubsetIsEquallyLikely() {
        int subsets = 35; // 3 of 7
        Map<Integer, Integer> counts = new HashMap<>();
        for (int seed = 0; seed < 400 * subsets; seed++) {
            int bits = 0;
            for (int element : RandomSubset.draw(3, 7, CounterRandom.of(seed, "test"))) {
                bits |= 1 << element;
            }
            counts.merge(bits, 1, Integer::sum);
        }

        assertThat(counts).hasSize(subsets);
        int[] observed = counts.values().stream().mapToInt(Integer::intValue).toArray();
        assertThat(ChiSquared.ofUniform(observed)).isLessThan(ChiSquared.limit(subsets - 1));
    }
}
