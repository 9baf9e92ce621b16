package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PackingTest {
    @Test
    void everyEpochHasEveryTokenOnce() {
        for (long seed = 0; seed < 100; seed++) {
            TokenStore store = Stores.random(30, 40, seed);
            int length = 1 + new Random(seed).nextInt((int) store.tokens());
            Packing packing = Packing.shuffled(store, length, seed);
            int epochTokens = (int) store.tokens();

            int[] stream = stream(packing, 3L * epochTokens / length + 1);

            int[] all = Stores.tokens(store);
            for (int epoch = 0; epoch < 3; epoch++) {
                int[] tokens = Arrays.copyOfRange(stream, epoch * epochTokens, (epoch + 1) * epochTokens);
                Arrays.sort(tokens);
                assertThat(tokens).as("seed %d, epoch %d", seed, epoch).isEqualTo(all);
            }
        }
    }

    @Test
    void documentsStayWholeWithinAnEpoch() {
        for (long seed = 0; seed < 50; seed++) {
            TokenStore store = Stores.random(20, 30, seed);
            Packing packing = Packing.shuffled(store, 7, seed);

            int[] epoch = Arrays.copyOf(stream(packing, store.tokens() / 7 + 1), (int) store.tokens());

            int[] place = new int[epoch.length];
            for (int i = 0; i < epoch.length; i++) {
                place[epoch[i]] = i;
            }
            for (int document = 0; document < store.documents(); document++) {
                int[] tokens = Stores.document(store, document);
                for (int i = 1; i < tokens.length; i++) {
                    assertThat(place[tokens[i]]).isEqualTo(place[tokens[i - 1]] + 1);
                }
            }
        }
    }

    @Test
    void everyEpochHasAnOrderOfItsOwn() {
        TokenStore store = Stores.random(50, 20, 1);
        Packing packing = Packing.shuffled(store, (int) store.tokens(), 1);

        assertThat(packing.segment(0)).isNotEqualTo(packing.segment(1));
        assertThat(packing.segment(1)).isNotEqualTo(packing.segment(2));
    }

    @Test
    void theSeedDecidesTheOrder() {
        TokenStore store = Stores.random(50, 20, 1);

        int[] once = stream(Packing.shuffled(store, 10, 4), 100);

        assertThat(stream(Packing.shuffled(store, 10, 4), 100)).isEqualTo(once);
        assertThat(stream(Packing.shuffled(store, 10, 5), 100)).isNotEqualTo(once);
    }

    @Test
    void segmentsAreTheSameInAnyOrderAndFromAnyThread() {
        TokenStore store = Stores.random(40, 30, 2);
        Packing sequential = Packing.shuffled(store, 13, 9);
        int[][] expected =
                IntStream.range(0, 1000).mapToObj(sequential::segment).toArray(int[][]::new);
        Packing random = Packing.shuffled(store, 13, 9);

        new Random(3)
                .ints(300, 0, 1000)
                .forEach(i -> assertThat(random.segment(i)).isEqualTo(expected[i]));
        assertThat(IntStream.range(0, 1000).parallel().allMatch(i -> Arrays.equals(random.segment(i), expected[i])))
                .isTrue();
    }

    @Test
    void aSegmentFarAwayIsAvailable() {
        Packing packing = Packing.shuffled(Stores.ofLengths(100, 50), 64, 1);

        assertThat(packing.segment(1L << 50)).hasSize(64);
        assertThatThrownBy(() -> packing.segment(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> packing.segment(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aSegmentMayHoldTheWholeText() {
        Packing packing = Packing.inOrder(Stores.ofLengths(2, 0, 3), 5);

        assertThat(packing.segment(0)).containsExactly(0, 1, 2, 3, 4);
        assertThat(packing.segment(7)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void inOrderTheDocumentsFollowEachOtherAsStored() {
        Packing packing = Packing.inOrder(Stores.ofLengths(3, 4, 5), 5);

        assertThat(stream(packing, 5))
                .isEqualTo(IntStream.range(0, 25).map(i -> i % 12).toArray());
        assertThat(packing.wholeSegments()).isEqualTo(2);
        assertThat(packing.epochTokens()).isEqualTo(12);
    }

    @Test
    void everyOrderOfThreeDocumentsOccursAboutEquallyOften() {
        Packing packing = Packing.shuffled(Stores.ofLengths(1, 1, 1), 3, 11);

        long[] counts = new long[6];
        for (int epoch = 0; epoch < 6000; epoch++) {
            int[] order = packing.segment(epoch);
            counts[order[0] * 2 + (order[1] > order[2] ? 1 : 0)]++;
        }

        assertThat(LongStream.of(counts).allMatch(count -> count > 850 && count < 1150))
                .as(Arrays.toString(counts))
                .isTrue();
    }

    @Test
    void heldOutTextNeverGetsIntoATrainingSegment() {
        for (long seed = 0; seed < 50; seed++) {
            TokenStore store = Stores.random(1 + (int) seed, 60, seed);
            if (store.tokens() < 16) {
                continue;
            }
            TokenStore.Split split = store.split(0.2, 8, seed);
            int[] heldOut = Stores.tokens(split.validation());
            Arrays.sort(heldOut);

            int[] trained = stream(Packing.shuffled(split.training(), 8, seed), store.tokens() / 4);

            assertThat(IntStream.of(trained).noneMatch(token -> Arrays.binarySearch(heldOut, token) >= 0))
                    .isTrue();
        }
    }

    @Test
    void lessTextThanASegmentIsAnErrorThatSaysWhatToDo() {
        TokenStore store = Stores.ofLengths(3, 4);

        assertThatThrownBy(() -> Packing.shuffled(store, 8, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("7 tokens")
                .hasMessageContaining("needs 8")
                .hasMessageContaining("data.input-length");
        assertThatThrownBy(() -> Packing.inOrder(new TokenStore.Builder().build(), 8))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("0 tokens");
    }

    private static int[] stream(Packing packing, long segments) {
        return LongStream.range(0, segments)
                .mapToObj(packing::segment)
                .flatMapToInt(IntStream::of)
                .toArray();
    }
}
