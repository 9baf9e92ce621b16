package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.corruption.Vocabulary;

class BatchSourceTest {
    private static final Feature DICE = new Feature("dice", -1);
    private static final int BATCH = 4;

    private final Corruptor spans = new SentinelCorruptor(new T5SpanMask(), Vocabulary.ofPieces(1_000_000));
    private final Corruptor dice = new TestCorruptor(
            lengths -> lengths.with(DICE, 2),
            (example, random) -> example.with(DICE, new int[] {random.nextInt(), random.nextInt()}));
    private final SegmentLength segment = SegmentLength.longest(List.of(spans), 64);
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
        BatchSource source =
                new BatchSource(packing, List.of(), FeatureLengths.ofSegment(segment.tokens()), BATCH, 5, "corruption");

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
    void anotherSeedOrPurposeGivesAnotherCorruption() {
        int[] inputs = source(5, List.of(spans)).batch(0).feature(Feature.INPUTS);

        assertThat(source(6, List.of(spans)).batch(0).feature(Feature.INPUTS)).isNotEqualTo(inputs);
        BatchSource validation =
                new BatchSource(packing, List.of(spans), segment.lengths(), BATCH, 5, "validation-corruption");
        assertThat(validation.batch(0).feature(Feature.INPUTS)).isNotEqualTo(inputs);
    }

    @Test
    void theBatchSizeDoesNotChangeTheExamples() {
        BatchSource four = source(5, List.of(spans));
        BatchSource eight = new BatchSource(packing, List.of(spans), segment.lengths(), 8, 5, "corruption");

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
        Feature other = new Feature("other-dice", 0);
        Corruptor otherDice = new TestCorruptor(
                lengths -> lengths.with(other, 2),
                (example, random) -> example.with(other, new int[] {random.nextInt(), random.nextInt()}));

        Batch batch = source(5, List.of(dice, otherDice)).batch(0);

        assertThat(batch.feature(DICE)).isNotEqualTo(batch.feature(other));
    }

    @Test
    void aLongerFeatureThanPromisedIsRefusedByName() {
        BatchSource source = source(
                5,
                List.of(
                        spans,
                        new TestCorruptor(
                                lengths -> lengths.with(DICE, 2),
                                (example, random) -> example.with(DICE, new int[3]))));

        assertThatThrownBy(() -> source.batch(3))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("corruptors[1]")
                .hasMessageContaining(TestCorruptor.class.getName())
                .hasMessageContaining("'dice' has length 3")
                .hasMessageContaining("at most 2")
                .hasMessageContaining("example 12");
    }

    @Test
    void aFeatureThatWasNotPromisedOrNotMadeIsRefusedByName() {
        BatchSource unpromised = source(
                5, List.of(new TestCorruptor(lengths -> lengths, (example, random) -> example.with(DICE, new int[1]))));
        BatchSource unmade =
                source(5, List.of(new TestCorruptor(lengths -> lengths.with(DICE, 1), (example, random) -> example)));

        assertThatThrownBy(() -> unpromised.batch(0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(TestCorruptor.class.getName())
                .hasMessageContaining("dice");
        assertThatThrownBy(() -> unmade.batch(0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(TestCorruptor.class.getName())
                .hasMessageContaining("dice");
    }

    @Test
    void aCorruptorThatFailsIsNamedAndItsExceptionKept() {
        IllegalStateException failure = new IllegalStateException("out of ideas");
        BatchSource failing = source(5, List.of(new TestCorruptor(lengths -> lengths, (example, random) -> {
            throw failure;
        })));
        BatchSource empty = source(5, List.of(new TestCorruptor(lengths -> lengths, (example, random) -> null)));

        assertThatThrownBy(() -> failing.batch(0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(TestCorruptor.class.getName())
                .hasMessageContaining("out of ideas")
                .hasCause(failure);
        assertThatThrownBy(() -> empty.batch(0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("null");
    }

    @Test
    void lengthsThatTheCorruptorsExceedAreRefusedBeforeTheFirstBatch() {
        FeatureLengths tooShort = segment.lengths().with(Feature.TARGETS, 3);

        assertThatThrownBy(() -> new BatchSource(packing, List.of(spans), tooShort, BATCH, 5, "corruption"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("targets");
    }

    @Test
    void lengthsThatLeaveRoomAreFilledUp() {
        FeatureLengths roomy = segment.lengths().with(Feature.TARGETS, 100);

        Batch batch = new BatchSource(packing, List.of(spans), roomy, BATCH, 5, "corruption").batch(0);

        int[] targets = batch.feature(Feature.TARGETS);
        assertThat(targets).hasSize(BATCH * 100);
        assertThat(targets[99]).isZero();
    }

    private BatchSource source(long seed, List<Corruptor> corruptors) {
        FeatureLengths lengths = FeatureLengths.ofSegment(segment.tokens());
        for (Corruptor corruptor : corruptors) {
            lengths = corruptor.lengths(lengths);
        }
        return new BatchSource(packing, corruptors, lengths, BATCH, seed, "corruption");
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

    private record TestCorruptor(
            UnaryOperator<FeatureLengths> lengthsOf, BiFunction<Example, RandomGenerator, Example> corruption)
            implements Corruptor {
        @Override
        public FeatureLengths lengths(FeatureLengths lengths) {
            return lengthsOf.apply(lengths);
        }

        @Override
        public Example corrupt(Example example, RandomGenerator random) {
            return corruption.apply(example, random);
        }
    }
}
