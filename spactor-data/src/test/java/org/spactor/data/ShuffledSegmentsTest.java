package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffledSegmentsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 7, 16, 17, 100, 1000, 4097})
    void aPermutationHitsEveryNumberOnce(long size) {
        for (long key = 0; key < 5; key++) {
            Permutation permutation = new Permutation(size, key);
            Set<Long> seen = new HashSet<>();
            for (long i = 0; i < size; i++) {
                assertThat(permutation.at(i)).isBetween(0L, size - 1);
                seen.add(permutation.at(i));
            }
            assertThat(seen).hasSize((int) size);
        }
    }

    @Test
    void everyPlaceOfAPermutationOccursAboutEquallyOften() {
        int size = 10;
        int keys = 20_000;
        double expected = keys / (double) size;
        for (int index = 0; index < size; index++) {
            int[] counts = new int[size];
            for (long key = 0; key < keys; key++) {
                counts[(int) new Permutation(size, key * 31 + 7).at(index)]++;
            }
            double chiSquared = 0;
            for (int count : counts) {
                chiSquared += (count - expected) * (count - expected) / expected;
            }
            // 99.99 % quantile for 9 degrees of freedom
            assertThat(chiSquared).isLessThan(33.7);
        }
    }

    @Test
    void everyWindowHasEachSegmentOnceAndAnOrderOfItsOwn() {
        Packing packing = Packing.shuffled(Stores.ofLengths(7, 30, 21, 50), 5, 3);
        ShuffledSegments shuffled = new ShuffledSegments(packing, 3);
        long window = packing.wholeSegments();
        for (long number = 0; number < 3; number++) {
            Set<String> expected = new HashSet<>();
            Set<String> actual = new HashSet<>();
            boolean moved = false;
            for (long i = number * window; i < (number + 1) * window; i++) {
                expected.add(java.util.Arrays.toString(packing.segment(i)));
                actual.add(java.util.Arrays.toString(shuffled.segment(i)));
                moved |= !java.util.Arrays.equals(packing.segment(i), shuffled.segment(i));
            }
            assertThat(actual).isEqualTo(expected);
            assertThat(moved).isTrue();
        }
    }
}
