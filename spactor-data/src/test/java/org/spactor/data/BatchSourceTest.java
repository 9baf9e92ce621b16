package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.vocabulary.Vocabulary;

class BatchSourceTest {
    private static final Feature DICE = Feature.labels("dice", 1_000_000);
    private static final int BATCH = 4;

    private final Vocabulary vocabulary = Vocabulary.sample(8_000);
    private final Corruptor spans = new SentinelCorruptor(new T5SpanMask(), vocabulary);
    private final Corruptor dice = new TestCorruptor(
            lengths -> lengths.with(DICE, 2),
            (example, random) -> example.with(DICE, new int[] {random.nextInt(1_000_000), random.nextInt(1_000_000)}));
    private final SegmentLength segment = SegmentLength.longest(chain(List.of(spans)), 64);
    private final Packing packing = Packing.shuffled(Stores.random(50, 100, 7), segment.tokens(), 7);

    @Test
    void batchesHaveTheLengthsAndNoPaddingAfterSpanCorruption() {
        BatchSource source = source(5, List.of(spans));

        for (long step = 0; step < 50; step++) {
            Batch batch = source.batch(step);
            assertThat(batch.batchSize()).isEqualTo(BATCH);
            assertThat(batch.length(Feature.INPUTS)).isEqualTo(64);
            assertThat(batch.tokens())
                    .isEqualTo(BATCH * (long) (batch.length(Feature.INPUTS) + batch.length(Feature.TARGETS))
                            - zeros(batch));
        }
    }

    @Test
    void withoutCorruptorsExamplesAreTheSegments() {
        BatchSource source = new BatchSource(
                packing, chain(List.of()), FeatureLengths.ofSegment(segment.tokens()), BATCH, 5, "corruption");

        for (long step = 0; step < 20; step++) {
            long first = step * BATCH;
            assertThat(source.batch(step).feature(Feature.INPUTS))
                    .isEqualTo(LongStream.range(first, first + BATCH)
                            .mapToObj(packing::segment)
                            .flatMapToInt(IntStream::of)
                            .toArray());
        }
    }

    @Test
    void theSameSeedGivesTheSameBatchesInAnyOrder() {
        BatchSource source = source(5, List.of(spans, dice));
        BatchSource again = source(5, List.of(spans, dice));

        for (long step = 30; step >= 0; step--) {
            assertSame(source.batch(step), again.batch(step));
            assertSame(source.batch(step), source.batch(step));
        }
    }

    @Test
    void partsOfABatchAreTheBatch() {
        BatchSource source = source(5, List.of(spans, dice));

        for (long step = 0; step < 20; step++) {
            int[] whole = source.batch(step).feature(Feature.INPUTS);
            int length = whole.length / BATCH;
            for (int from = 0; from < BATCH; from++) {
                for (int to = from + 1; to <= BATCH; to++) {
                    Batch part = source.batch(step, from, to);
                    assertThat(part.batchSize()).isEqualTo(to - from);
                    assertThat(part.feature(Feature.INPUTS))
                            .isEqualTo(Arrays.copyOfRange(whole, from * length, to * length));
                }
            }
        }
        assertThatThrownBy(() -> source.batch(0, 1, BATCH + 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anotherSeedOrPurposeGivesAnotherCorruption() {
        int[] inputs = source(5, List.of(spans)).batch(0).feature(Feature.INPUTS);

        assertThat(source(6, List.of(spans)).batch(0).feature(Feature.INPUTS)).isNotEqualTo(inputs);
        BatchSource validation =
                new BatchSource(packing, chain(List.of(spans)), segment.lengths(), BATCH, 5, "validation-corruption");
        assertThat(validation.batch(0).feature(Feature.INPUTS)).isNotEqualTo(inputs);
    }

    @Test
    void theBatchSizeDoesNotChangeTheExamples() {
        BatchSource four = source(5, List.of(spans));
        BatchSource eight = new BatchSource(packing, chain(List.of(spans)), segment.lengths(), 8, 5, "corruption");

        for (long step = 0; step < 10; step++) {
            assertSame(eight.batch(step).slice(0, 4), four.batch(2 * step));
            assertSame(eight.batch(step).slice(4, 8), four.batch(2 * step + 1));
        }
    }

    @Test
    void aCorruptorAtTheEndChangesNothingBeforeIt() {
        BatchSource without = source(5, List.of(spans));
        BatchSource with = source(5, List.of(spans, dice));

        for (long step = 0; step < 10; step++) {
            for (Feature feature : without.lengths().byFeature().keySet()) {
                assertThat(with.batch(step).feature(feature))
                        .isEqualTo(without.batch(step).feature(feature));
            }
        }
    }

    @Test
    void corruptorsAtDifferentPlacesDrawDifferentNumbers() {
        Feature other = Feature.labels("other-dice", 1_000_000);
        Corruptor otherDice = new TestCorruptor(
                lengths -> lengths.with(other, 2),
                (example, random) ->
                        example.with(other, new int[] {random.nextInt(1_000_000), random.nextInt(1_000_000)}));

        Batch batch = source(5, List.of(dice, otherDice)).batch(0);

        assertThat(batch.feature(DICE)).isNotEqualTo(batch.feature(other));
    }

    @Test
    void aCorruptorThatBreaksItsPromiseIsNamedWithTheExample() {
        BatchSource source = source(
                5,
                List.of(
                        spans,
                        new TestCorruptor(
                                lengths -> lengths.with(DICE, 2),
                                (example, random) -> example.with(DICE, new int[3]))));

        assertThatThrownBy(() -> source.batch(3))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "corruptors[1], example 12: feature 'dice' has length 3, but its lengths promise at most 2");
    }

    @Test
    void lengthsThatTheCorruptorsExceedAreRefusedBeforeTheFirstBatch() {
        FeatureLengths tooShort = segment.lengths().with(Feature.TARGETS, 3);

        assertThatThrownBy(() -> new BatchSource(packing, chain(List.of(spans)), tooShort, BATCH, 5, "corruption"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("targets");
    }

    @Test
    void lengthsThatLeaveRoomAreFilledUp() {
        FeatureLengths roomy = segment.lengths().with(Feature.TARGETS, 100);

        Batch batch = new BatchSource(packing, chain(List.of(spans)), roomy, BATCH, 5, "corruption").batch(0);

        int[] targets = batch.feature(Feature.TARGETS);
        assertThat(targets).hasSize(BATCH * 100);
        assertThat(targets[99]).isZero();
    }

    @Test
    void batchesThatNoArrayHoldsAreRefusedBeforeTheFirst() {
        assertThatThrownBy(() -> new BatchSource(
                        packing, chain(List.of(spans)), segment.lengths(), Integer.MAX_VALUE, 5, "corruption"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("training.batch-size");
    }

    private BatchSource source(long seed, List<Corruptor> corruptors) {
        CorruptorChain chain = chain(corruptors);
        return new BatchSource(packing, chain, chain.lengths(segment.tokens()), BATCH, seed, "corruption");
    }

    private CorruptorChain chain(List<Corruptor> corruptors) {
        return TestCorruptor.chain(corruptors, vocabulary);
    }

    /** The test's texts have a token 0, which counts as padding. */
    private static long zeros(Batch batch) {
        return IntStream.concat(
                        IntStream.of(batch.feature(Feature.INPUTS)), IntStream.of(batch.feature(Feature.TARGETS)))
                .filter(token -> token == 0)
                .count();
    }

    private static void assertSame(Batch actual, Batch expected) {
        assertThat(actual.features()).isEqualTo(expected.features());
        for (Feature feature : actual.features()) {
            assertThat(actual.feature(feature)).isEqualTo(expected.feature(feature));
        }
    }
}
