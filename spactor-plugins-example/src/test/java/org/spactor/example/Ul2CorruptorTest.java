package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.example.Ul2Options.Extreme;
import org.spactor.example.Ul2Options.ModeToken;
import org.spactor.example.Ul2Options.Regular;
import org.spactor.example.Ul2Options.Sequential;
import org.spactor.testkit.CorruptorContract;
import org.spactor.testkit.SentinelText;

class Ul2CorruptorTest extends CorruptorContract {
    private static final Ul2Options DEFAULTS = options(0.25, ModeToken.PREPEND);

    private static Ul2Options options(double sequential, ModeToken modeToken) {
        return new Ul2Options(
                new Regular(List.of(3.0, 8.0), List.of(0.15, 0.15)),
                new Sequential(sequential),
                new Extreme(List.of(3.0, 8.0, 64.0, 64.0), List.of(0.5, 0.5, 0.15, 0.5)),
                modeToken);
    }

    /** The end of the text is noise, a fourth of it. */
    static Corruptor sequential(Vocabulary vocabulary) {
        Ul2Options only = new Ul2Options(
                new Regular(List.of(), List.of()),
                new Sequential(0.25),
                new Extreme(List.of(), List.of()),
                ModeToken.NONE);
        return new Ul2CorruptorProvider().create(only, ComponentContext.of(vocabulary));
    }

    @Override
    protected Corruptor corruptor(Vocabulary vocabulary) {
        return new Ul2CorruptorProvider().create(DEFAULTS, ComponentContext.of(vocabulary));
    }

    @Override
    protected Optional<int[]> restore(Example corrupted) {
        return Optional.of(SentinelText.restore(corrupted, vocabulary()));
    }

    @Test
    void twoOfSevenExamplesAreRegularOneIsSequentialAndFourAreExtreme() {
        int examples = 7_000;
        TreeMap<Integer, Integer> byMode = new TreeMap<>();
        for (int i = 0; i < examples; i++) {
            int mode = corrupt(DEFAULTS, 40, i).get(Feature.INPUTS)[0];
            byMode.merge(vocabulary().size() - 1 - mode, 1, Integer::sum);
        }
        assertThat(byMode).containsOnlyKeys(0, 1, 2);
        // five standard deviations of a binomial distribution are below 0.03
        assertThat((double) byMode.get(0) / examples).isCloseTo(2.0 / 7, within(0.03));
        assertThat((double) byMode.get(1) / examples).isCloseTo(1.0 / 7, within(0.03));
        assertThat((double) byMode.get(2) / examples).isCloseTo(4.0 / 7, within(0.03));
    }

    @Test
    void theSequentialDenoiserHidesTheEnd() {
        int[] text = IntStream.rangeClosed(10, 17).toArray();
        Corruptor corruptor = sequential(vocabulary());

        Example made = corruptor.corrupt(Example.of(text), CounterRandom.of(0, "test"));

        int sentinel = vocabulary().sentinel(0);
        assertThat(made.get(Feature.INPUTS))
                .containsExactly(10, 11, 12, 13, 14, 15, sentinel, vocabulary().end());
        assertThat(made.get(Feature.TARGETS))
                .containsExactly(sentinel, 16, 17, vocabulary().end());
    }

    @Test
    void withoutModeTokensInputsBeginWithText() {
        Example made = corrupt(options(0.25, ModeToken.NONE), 40, 3);
        assertThat(made.get(Feature.INPUTS)[0]).isLessThan(vocabulary().firstUnused());
    }

    @Test
    void aMixtureOfNothingIsRefused() {
        Ul2Options none = new Ul2Options(
                new Regular(List.of(), List.of()),
                new Sequential(0),
                new Extreme(List.of(), List.of()),
                ModeToken.NONE);
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new Ul2CorruptorProvider().create(none, ComponentContext.of(vocabulary())))
                .withMessageContaining("no denoiser is left");
    }

    @Test
    void aVocabularyWithoutRoomForTheModesIsRefused() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new Ul2CorruptorProvider()
                        .create(DEFAULTS, ComponentContext.of(Vocabulary.sample(100, 20, 122))))
                .withMessageContaining("3 ids that stand for nothing");
    }

    @Test
    void segmentsThatNeedMoreSentinelsThanThereAreAreRefusedByName() {
        Vocabulary few = Vocabulary.sample(1000, 10, 1100);
        Corruptor corruptor = new Ul2CorruptorProvider().create(DEFAULTS, ComponentContext.of(few));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> corruptor.lengths(FeatureLengths.ofSegment(100)))
                .withMessageContaining("17 spans of a segment of 100 tokens")
                .satisfies(refusal -> assertThat(refusal.option()).isEqualTo("extreme"));
    }

    private Example corrupt(Ul2Options options, int length, long seed) {
        Corruptor corruptor = new Ul2CorruptorProvider().create(options, ComponentContext.of(vocabulary()));
        int[] text = IntStream.range(0, length).map(i -> 10 + i).toArray();
        return corruptor.corrupt(Example.of(text), CounterRandom.of(seed, "test"));
    }
}
