package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.CorruptorChain.Link;

class CorruptorChainTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(40, 10, 56);
    private static final Feature PLACES = Feature.positions("places", Feature.INPUTS);
    private static final Feature KINDS = Feature.labels("kinds", 3);
    private static final int[] SEGMENT = IntStream.range(3, 33).toArray();

    private static final Corruptor SPANS = new SentinelCorruptor(new T5SpanMask(), VOCABULARY);
    private static final Corruptor POINTING = adding(PLACES, 0, 2, 2, -1);

    @Test
    void withoutLinksAnExampleIsTheSegment() {
        CorruptorChain chain = chain();

        assertThat(chain.lengths(30)).isEqualTo(FeatureLengths.ofSegment(30));
        assertThat(chain.corrupt(SEGMENT, 5, "test", 0).get(Feature.INPUTS)).isEqualTo(SEGMENT);
        assertThat(chain.steps(SEGMENT, 5, "test", 0)).isEmpty();
    }

    @Test
    void everyLinkDrawsFromAGeneratorOfItsOwn() {
        for (long index : new long[] {0, 1, 77}) {
            Example example = chain(dice("first"), dice("second")).corrupt(SEGMENT, 5, "test", index);

            for (int link = 0; link < 2; link++) {
                int drawn = CounterRandom.of(5, "test", index, link).nextInt(1000);
                assertThat(example.get(Feature.labels(link == 0 ? "first" : "second", 1000)))
                        .containsExactly(drawn);
            }
        }
    }

    @Test
    void lengthsAreThoseBehindTheLastLink() {
        FeatureLengths lengths = chain(SPANS, POINTING).lengths(30);

        assertThat(lengths).isEqualTo(POINTING.lengths(SPANS.lengths(FeatureLengths.ofSegment(30))));
    }

    @Test
    void stepsEndWithTheExample() {
        CorruptorChain chain = chain(SPANS, POINTING, dice("dice"));

        List<Example> steps = chain.steps(SEGMENT, 5, "test", 9);
        Example last = chain.corrupt(SEGMENT, 5, "test", 9);

        assertThat(steps).hasSize(3);
        assertThat(steps.get(0).features()).containsExactlyInAnyOrder(Feature.INPUTS, Feature.TARGETS);
        assertThat(steps.get(1).features()).containsExactlyInAnyOrder(Feature.INPUTS, Feature.TARGETS, PLACES);
        for (Feature feature : last.features()) {
            assertThat(steps.get(2).get(feature)).isEqualTo(last.get(feature));
        }
    }

    @Test
    void nullInPlaceOfAnExampleIsRefused() {
        assertRefused(changing(example -> null), "it returned null instead of an example");
    }

    @Test
    void aFeatureThatWasNotPromisedOrNotMadeIsRefused() {
        assertRefused(
                changing(example -> example.with(KINDS, new int[1])),
                "it made the features [inputs, kinds], but its lengths are for [inputs]");
        assertRefused(
                new TestCorruptor(lengths -> lengths.with(KINDS, 1), (example, random) -> example),
                "it made the features [inputs], but its lengths are for [inputs, kinds]");
    }

    @Test
    void aLongerFeatureThanPromisedIsRefused() {
        assertRefused(
                new TestCorruptor(
                        lengths -> lengths.with(KINDS, 2), (example, random) -> example.with(KINDS, new int[3])),
                "feature 'kinds' has length 3, but its lengths promise at most 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 56, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aTokenOutsideTheVocabularyIsRefused(int token) {
        assertRefused(
                adding(Feature.TARGETS, 3, token),
                "feature 'targets' is " + token + " at place 1, but the vocabulary has 56 rows");
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 30, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aPositionOutsideTheSequenceIsRefused(int position) {
        assertRefused(
                adding(PLACES, 0, 29, position),
                "feature 'places' is " + position
                        + " at place 2, but 'inputs', in which it is a position, has length 30");
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 3, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aLabelThatThereIsNotIsRefused(int label) {
        assertRefused(adding(KINDS, label), "feature 'kinds' is " + label + " at place 0, but there are only 3 labels");
    }

    @Test
    void positionsInAFeatureThatThereIsNotAreRefused() {
        assertRefused(
                adding(Feature.positions("other-places", Feature.TARGETS), 0),
                "feature 'other-places' is 0 at place 0, but 'targets', in which it is a position, has length 0");
    }

    @Test
    void repeatedPositionsAndPlacesForNothingAreRight() {
        Example example = chain(POINTING, adding(KINDS, -1, 2)).corrupt(SEGMENT, 5, "test", 0);

        assertThat(example.get(PLACES)).containsExactly(0, 2, 2, -1);
        assertThat(example.get(KINDS)).containsExactly(-1, 2);
    }

    @Test
    void whoChangesASequenceAndLeavesPositionsInItIsRefused() {
        assertThatThrownBy(() -> chain(POINTING, SPANS).corrupt(SEGMENT, 5, "test", 12))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "corruptors[1], example 12: it changed 'inputs' and left 'places', which are positions in it."
                                + " It belongs before the corruptor that makes them");
    }

    @Test
    void whoMakesThePositionsAnewMayChangeTheSequence() {
        Corruptor both = changing(
                example -> example.with(Feature.INPUTS, new int[] {5, 6}).with(PLACES, new int[] {1}));

        Example example = chain(POINTING, both).corrupt(SEGMENT, 5, "test", 0);

        assertThat(example.get(PLACES)).containsExactly(1);
        assertThat(chain(SPANS, POINTING).corrupt(SEGMENT, 5, "test", 0).get(PLACES))
                .containsExactly(0, 2, 2, -1);
    }

    @Test
    void whatACorruptorThrowsIsToldWithItsNameAndTheExample() {
        for (Throwable failure : List.of(new IllegalStateException("out of ideas"), new NoClassDefFoundError("a/B"))) {
            assertThatThrownBy(() -> chain(failingToCorrupt(failure)).corrupt(SEGMENT, 5, "test", 12))
                    .isInstanceOf(DataException.class)
                    .hasMessage("corruptors[0] failed on example 12: " + failure)
                    .hasCause(failure);
            assertThatThrownBy(() -> chain(failingToTellLengths(failure)).lengths(30))
                    .isInstanceOf(DataException.class)
                    .hasMessage("corruptors[0] failed on lengths {inputs=30}: " + failure)
                    .hasCause(failure);
        }
    }

    @Test
    void aRefusalOfALengthStaysWhatItIs() {
        InvalidOptionException refusal = new InvalidOptionException("rate", "2 is too much");

        assertThatThrownBy(() -> chain(failingToTellLengths(refusal)).lengths(30))
                .isSameAs(refusal);
    }

    @Test
    void whatALinkThrowsItselfIsLeftAlone() {
        IllegalStateException attributed = new IllegalStateException("corruptor 'x' of plugin y failed");
        CorruptorChain chain = new CorruptorChain(List.of(new ThrowingLink(attributed)), VOCABULARY);

        assertThatThrownBy(() -> chain.corrupt(SEGMENT, 5, "test", 12)).isSameAs(attributed);
    }

    @Test
    void aShorterSegmentHasPromisesOfItsOwn() {
        CorruptorChain chain = chain(changing(example -> example.with(Feature.INPUTS, new int[20])));

        assertThat(chain.corrupt(SEGMENT, 5, "test", 0).length(Feature.INPUTS)).isEqualTo(20);
        assertThatThrownBy(() -> chain.corrupt(new int[19], 5, "test", 0))
                .hasMessageEndingWith("feature 'inputs' has length 20, but its lengths promise at most 19");
    }

    /** Behind a corruptor that is right. */
    private static void assertRefused(Corruptor corruptor, String problem) {
        assertThatThrownBy(() -> chain(changing(example -> example), corruptor).corrupt(SEGMENT, 5, "test", 12))
                .isInstanceOf(DataException.class)
                .hasMessage("corruptors[1], example 12: " + problem);
    }

    private static CorruptorChain chain(Corruptor... corruptors) {
        return TestCorruptor.chain(List.of(corruptors), VOCABULARY);
    }

    private static Corruptor dice(String name) {
        Feature feature = Feature.labels(name, 1000);
        return new TestCorruptor(
                lengths -> lengths.with(feature, 1),
                (example, random) -> example.with(feature, new int[] {random.nextInt(1000)}));
    }

    private static Corruptor adding(Feature feature, int... values) {
        return new TestCorruptor(
                lengths -> lengths.with(feature, values.length), (example, random) -> example.with(feature, values));
    }

    private static Corruptor changing(UnaryOperator<Example> change) {
        return new TestCorruptor(lengths -> lengths, (example, random) -> change.apply(example));
    }

    private static Corruptor failingToCorrupt(Throwable failure) {
        return changing(example -> {
            throw unchecked(failure);
        });
    }

    private static Corruptor failingToTellLengths(Throwable failure) {
        return new TestCorruptor(
                lengths -> {
                    throw unchecked(failure);
                },
                (example, random) -> example);
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    private record ThrowingLink(RuntimeException failure) implements Link {
        @Override
        public String name() {
            return "x";
        }

        @Override
        public FeatureLengths lengths(FeatureLengths lengths) {
            return lengths;
        }

        @Override
        public Example corrupt(Example example, RandomGenerator random, long index) {
            throw failure;
        }
    }
}
