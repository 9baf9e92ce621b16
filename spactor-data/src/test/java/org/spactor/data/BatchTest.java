package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.api.vocabulary.Vocabulary.SpecialIds;

class BatchTest {
    private static final Feature POSITIONS = Feature.positions("positions", Feature.INPUTS);
    private static final Vocabulary VOCABULARY = Vocabulary.sample(10);
    private static final FeatureLengths LENGTHS =
            FeatureLengths.ofSegment(4).with(Feature.TARGETS, 3).with(POSITIONS, 2);

    private final Batch batch = Batch.of(
            List.of(
                    example(new int[] {5, 6, 7, 8}, new int[] {9, 1}, new int[] {0}),
                    example(new int[] {5, 1}, new int[] {9, 9, 1}, new int[] {0, 3}),
                    example(new int[] {1}, new int[] {}, new int[] {})),
            LENGTHS,
            VOCABULARY);

    @Test
    void featuresAreRowMajorAndFilledUpWithTheirPadding() {
        assertThat(batch.batchSize()).isEqualTo(3);
        assertThat(batch.length(Feature.INPUTS)).isEqualTo(4);
        assertThat(batch.feature(Feature.INPUTS)).containsExactly(5, 6, 7, 8, 5, 1, 0, 0, 1, 0, 0, 0);
        assertThat(batch.feature(Feature.TARGETS)).containsExactly(9, 1, 0, 9, 9, 1, 0, 0, 0);
        assertThat(batch.feature(POSITIONS)).containsExactly(0, -1, 0, 3, -1, -1);
        assertThat(batch.features()).containsExactlyInAnyOrder(Feature.INPUTS, Feature.TARGETS, POSITIONS);
    }

    @Test
    void tokensAreFilledUpWithThePaddingOfTheVocabularyAndCountWithoutIt() {
        List<String> pieces = List.of("<unk>", "<s>", "</s>", "\u2581a", "<pad>");
        Vocabulary padsWith4 = new Vocabulary(pieces, new SpecialIds(4, 2, 0), 2, 8);

        Batch batch = Batch.of(List.of(Example.of(new int[] {3, 0, 2})), FeatureLengths.ofSegment(5), padsWith4);

        assertThat(batch.feature(Feature.INPUTS)).containsExactly(3, 0, 2, 4, 4);
        assertThat(batch.tokens()).isEqualTo(3);
        assertThat(batch.slice(0, 1).tokens()).isEqualTo(3);
    }

    @Test
    void tokensAreThoseOfInputsAndTargetsWithoutPadding() {
        assertThat(batch.tokens()).isEqualTo(4 + 2 + 2 + 3 + 1);
        assertThat(Batch.of(List.of(Example.of(new int[] {3, 4})), FeatureLengths.ofSegment(9), VOCABULARY)
                        .tokens())
                .isEqualTo(2);
    }

    @Test
    void slicesTogetherAreTheWhole() {
        for (int cut = 1; cut < 3; cut++) {
            Batch first = batch.slice(0, cut);
            Batch second = batch.slice(cut, 3);

            assertThat(first.batchSize() + second.batchSize()).isEqualTo(3);
            assertThat(first.tokens() + second.tokens()).isEqualTo(batch.tokens());
            for (Feature feature : batch.features()) {
                assertThat(first.length(feature)).isEqualTo(batch.length(feature));
                int[] joined = Arrays.copyOf(first.feature(feature), batch.feature(feature).length);
                int[] rest = second.feature(feature);
                System.arraycopy(rest, 0, joined, joined.length - rest.length, rest.length);
                assertThat(joined).isEqualTo(batch.feature(feature));
            }
        }
    }

    @Test
    void changingWhatWasReadDoesNotChangeTheBatch() {
        Arrays.fill(batch.feature(Feature.INPUTS), 99);

        assertThat(batch.feature(Feature.INPUTS)).doesNotContain(99);
    }

    @Test
    void aFeatureThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> batch.feature(Feature.labels("labels", 2)))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("labels")
                .hasMessageContaining("targets");
    }

    @Test
    void examplesThatDoNotFitAreRefused() {
        FeatureLengths two = FeatureLengths.ofSegment(2);

        assertThatThrownBy(() -> Batch.of(List.of(Example.of(new int[3])), two, VOCABULARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inputs")
                .hasMessageContaining("3");
        assertThatThrownBy(() -> Batch.of(List.of(Example.of(new int[1])), two.with(Feature.TARGETS, 1), VOCABULARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("targets");
        assertThatThrownBy(() -> Batch.of(List.of(), two, VOCABULARY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBatchThatNoArrayHoldsIsRefusedWithWhatToChange() {
        FeatureLengths huge = FeatureLengths.ofSegment(1 << 30);

        assertThatThrownBy(() -> Batch.of(Collections.nCopies(2, Example.of(new int[1])), huge, VOCABULARY))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'inputs' of a batch of 2 examples of length 1073741824")
                .hasMessageContaining("training.batch-size");
    }

    @Test
    void slicesOutsideTheBatchAreRefused() {
        assertThatThrownBy(() -> batch.slice(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> batch.slice(1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> batch.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static Example example(int[] inputs, int[] targets, int[] positions) {
        return Example.of(inputs).with(Feature.TARGETS, targets).with(POSITIONS, positions);
    }
}
