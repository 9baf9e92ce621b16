package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenStoreTest {
    @Test
    void documentsComeBackAsTheyWereAdded() {
        TokenStore store = new TokenStore.Builder()
                .add(new int[] {5, 6, 7})
                .add(new int[0])
                .add(new int[] {8})
                .build();

        assertThat(store.documents()).isEqualTo(3);
        assertThat(store.tokens()).isEqualTo(4);
        assertThat(Stores.document(store, 0)).containsExactly(5, 6, 7);
        assertThat(Stores.document(store, 1)).isEmpty();
        assertThat(Stores.document(store, 2)).containsExactly(8);
    }

    @Test
    void documentsLargerThanAnyChunkComeBackToo() {
        TokenStore store = Stores.ofLengths(3, 2_500_000, 1, 1_100_000);

        int[] part = new int[1_300_000];
        store.copy(1, 1_000_000, part, 100, 1_200_000);

        assertThat(part[99]).isZero();
        assertThat(Arrays.equals(
                        Arrays.copyOfRange(part, 100, 1_200_100),
                        IntStream.range(1_000_003, 2_200_003).toArray()))
                .isTrue();
        assertThat(Stores.document(store, 2)).containsExactly(2_500_003);
        assertThat(store.tokens()).isEqualTo(3_600_004);
    }

    @Test
    void aStoreDoesNotChangeOnceItIsBuilt() {
        TokenStore.Builder builder = new TokenStore.Builder().add(new int[] {1});
        builder.build();

        assertThatThrownBy(() -> builder.add(new int[] {2})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readingBeyondADocumentIsRefused() {
        TokenStore store = Stores.ofLengths(3, 3);

        assertThatThrownBy(() -> store.copy(0, 2, new int[2], 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> store.copy(0, -1, new int[2], 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aSplitLosesNothingAndHoldsOutAboutTheShare() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            TokenStore store = Stores.random(1 + random.nextInt(60), 200, seed);
            double fraction = 0.01 + 0.5 * random.nextDouble();
            int segment = 1 + random.nextInt(20);
            if (store.tokens() < 2L * segment) {
                continue;
            }

            TokenStore.Split split = store.split(fraction, segment, seed);

            int[] training = Stores.tokens(split.training());
            int[] validation = Stores.tokens(split.validation());
            assertThat(IntStream.concat(IntStream.of(training), IntStream.of(validation))
                            .sorted()
                            .toArray())
                    .isEqualTo(Stores.tokens(store));
            double wanted = Math.max(segment, Math.ceil(fraction * store.tokens()));
            assertThat((double) validation.length)
                    .isBetween(Math.min(wanted, (double) (store.tokens() - segment)), Math.max(segment, 2 * wanted));
            assertThat(training.length).isGreaterThanOrEqualTo(segment);
        }
    }

    @Test
    void amongManyDocumentsWholeOnesAreHeldOut() {
        for (long seed = 0; seed < 100; seed++) {
            TokenStore store = Stores.random(200, 50, seed);

            TokenStore.Split split = store.split(0.1, 10, seed);

            assertThat(firstTokens(split.training()).stream().filter(firstTokens(split.validation())::contains))
                    .isEmpty();
            Set<Integer> both = firstTokens(split.training());
            both.addAll(firstTokens(split.validation()));
            assertThat(both).isEqualTo(firstTokens(store));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 0.99})
    void aSingleDocumentLosesItsEnd(double fraction) {
        TokenStore.Split split = Stores.ofLengths(1000).split(fraction, 5, 1);

        int heldOut = (int) Math.ceil(fraction * 1000);
        assertThat(Stores.tokens(split.training()))
                .isEqualTo(IntStream.range(0, 1000 - heldOut).toArray());
        assertThat(Stores.tokens(split.validation()))
                .isEqualTo(IntStream.range(1000 - heldOut, 1000).toArray());
    }

    @Test
    void aFewLongDocumentsDoNotLoseOneOfThem() {
        TokenStore.Split split = Stores.ofLengths(1000, 1000, 1000).split(0.01, 20, 3);

        assertThat(split.validation().tokens()).isEqualTo(30);
        assertThat(split.training().documents()).isEqualTo(3);
    }

    @Test
    void theSeedDecidesWhatIsHeldOut() {
        TokenStore store = Stores.random(100, 50, 1);

        int[] once = Stores.tokens(store.split(0.1, 10, 5).validation());

        assertThat(Stores.tokens(store.split(0.1, 10, 5).validation())).isEqualTo(once);
        assertThat(Stores.tokens(store.split(0.1, 10, 6).validation())).isNotEqualTo(once);
    }

    @Test
    void aFractionOfZeroHoldsOutNothing() {
        TokenStore store = Stores.ofLengths(5, 5);

        TokenStore.Split split = store.split(0, 100, 1);

        assertThat(Stores.tokens(split.training())).isEqualTo(Stores.tokens(store));
        assertThat(split.validation().documents()).isZero();
        assertThat(split.validation().tokens()).isZero();
    }

    @Test
    void tooLittleTextForBothPartsIsAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> Stores.ofLengths(10, 9).split(0.01, 10, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("19 tokens")
                .hasMessageContaining("segment of 10")
                .hasMessageContaining("data.input-length")
                .hasMessageContaining("data.validation.fraction");
    }

    private static Set<Integer> firstTokens(TokenStore store) {
        Set<Integer> first = new HashSet<>();
        for (int i = 0; i < store.documents(); i++) {
            if (store.documentLength(i) > 0) {
                first.add(Stores.document(store, i)[0]);
            }
        }
        return first;
    }
}
