package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;

/** Ten thousand examples with a random mistake each, made by the second of three corruptors, among as many without. */
class CorruptorFuzzTest {
    private static final int MISTAKES = 10_000;
    private static final int LONGEST = 12;
    private static final int CLASSES = 3;
    private static final Vocabulary VOCABULARY = Vocabulary.sample(40, 10, 56);
    private static final Feature PLACES = Feature.positions("places", Feature.INPUTS);
    private static final Feature KINDS = Feature.labels("kinds", CLASSES);
    private static final List<Feature> FEATURES = List.of(Feature.INPUTS, Feature.TARGETS, PLACES, KINDS);

    @Test
    void everyMistakeIsNamedWithCorruptorExampleAndFeatureAndNothingElseIsRefused() {
        int mistakes = 0;
        int right = 0;
        for (long index = 0; mistakes < MISTAKES; index++) {
            RandomGenerator random = CounterRandom.of(12, "fuzz", index);
            Attempt attempt = random.nextBoolean() ? right(random) : mistake(random);
            CorruptorChain chain = chain(attempt.corruption());
            long example = index;

            Throwable thrown = catchThrowable(() -> chain.corrupt(new int[] {3, 4, 5}, 12, "test", example));

            if (attempt.said().isEmpty()) {
                assertThat(thrown).as("example %d", index).isNull();
                right++;
            } else {
                assertThat(thrown)
                        .isExactlyInstanceOf(DataException.class)
                        .hasMessageStartingWith("corruptors[1]")
                        .hasMessageContaining("example " + index + ":");
                assertThat(thrown.getMessage()).contains(attempt.said());
                mistakes++;
            }
        }
        assertThat(right).isGreaterThan(MISTAKES / 2);
    }

    /** The first corruptor makes all features, the second does what is tried, the third nothing. */
    private static CorruptorChain chain(UnaryOperator<Example> corruption) {
        Corruptor first = new TestCorruptor(CorruptorFuzzTest::promise, (example, random) -> anyExample(random));
        Corruptor second = new TestCorruptor(lengths -> lengths, (example, random) -> corruption.apply(example));
        Corruptor third = new TestCorruptor(lengths -> lengths, (example, random) -> example);
        return TestCorruptor.chain(List.of(first, second, third), VOCABULARY);
    }

    private static FeatureLengths promise(FeatureLengths lengths) {
        FeatureLengths promised = lengths;
        for (Feature feature : FEATURES) {
            promised = promised.with(feature, LONGEST);
        }
        return promised;
    }

    /** Any example without a mistake, none of whose features is empty. */
    private static Example anyExample(RandomGenerator random) {
        int[] inputs = values(random, length(random), 0, VOCABULARY.size());
        return Example.of(inputs)
                .with(Feature.TARGETS, values(random, length(random), 0, VOCABULARY.size()))
                .with(PLACES, values(random, length(random), -1, inputs.length))
                .with(KINDS, values(random, length(random), -1, CLASSES));
    }

    private static Attempt right(RandomGenerator random) {
        Example any = anyExample(random);
        return switch (random.nextInt(6)) {
            case 0 -> Attempt.right(example -> example);
            case 1 -> Attempt.right(example -> example.with(Feature.TARGETS, any.get(Feature.TARGETS)));
            case 2 -> Attempt.right(example -> example.with(KINDS, any.get(KINDS)));
            case 3 -> Attempt.right(example -> example.with(PLACES, new int[LONGEST]));
            case 4 -> Attempt.right(example -> any.with(PLACES, new int[0]).with(Feature.INPUTS, new int[0]));
            default -> Attempt.right(example -> any);
        };
    }

    private static Attempt mistake(RandomGenerator random) {
        Example any = anyExample(random);
        Feature feature = FEATURES.get(random.nextInt(FEATURES.size()));
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> wrongValue(any, feature, random);
            case 3 -> tooLong(any, feature, random);
            case 4 -> without(any, feature);
            case 5 ->
                Attempt.wrong(example -> any.with(Feature.tokens("more"), new int[0]), "it made the features", "more");
            case 6 ->
                Attempt.wrong(
                        example -> example.with(Feature.INPUTS, any.get(Feature.INPUTS)),
                        "it changed 'inputs' and left 'places'");
            case 7 -> Attempt.wrong(example -> null, "it returned null");
            default -> thrown(random);
        };
    }

    private static Attempt wrongValue(Example any, Feature feature, RandomGenerator random) {
        int[] values = any.get(feature);
        int place = random.nextInt(values.length);
        values[place] = random.nextBoolean() ? above(any, feature, random) : below(feature, random);
        return Attempt.wrong(
                example -> any.with(feature, values),
                "feature '" + feature + "' is " + values[place] + " at place " + place);
    }

    private static int above(Example any, Feature feature, RandomGenerator random) {
        int limit = feature.equals(PLACES)
                ? any.length(Feature.INPUTS)
                : feature.equals(KINDS) ? CLASSES : VOCABULARY.size();
        return limit + random.nextInt(random.nextBoolean() ? 3 : Integer.MAX_VALUE - limit);
    }

    private static int below(Feature feature, RandomGenerator random) {
        int least = feature.equals(PLACES) || feature.equals(KINDS) ? -1 : 0;
        return least - 1 - random.nextInt(random.nextBoolean() ? 3 : Integer.MAX_VALUE);
    }

    private static Attempt tooLong(Example any, Feature feature, RandomGenerator random) {
        int length = LONGEST + 1 + random.nextInt(20);
        return Attempt.wrong(
                example -> any.with(feature, new int[length]), "feature '" + feature + "' has length " + length);
    }

    /** The features but one; without the inputs there is no example, so they get a feature too many. */
    private static Attempt without(Example any, Feature missing) {
        return Attempt.wrong(
                ignored -> {
                    Example made = Example.of(any.get(Feature.INPUTS));
                    for (Feature feature : FEATURES) {
                        if (!feature.equals(missing)) {
                            made = made.with(feature, any.get(feature));
                        }
                    }
                    return missing.equals(Feature.INPUTS) ? made.with(Feature.tokens("more"), new int[1]) : made;
                },
                "it made the features",
                missing.name());
    }

    private static Attempt thrown(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> Attempt.wrong(example -> example.with(KINDS, null), "NullPointerException");
            case 1 ->
                Attempt.wrong(
                        example -> example.with(Feature.labels("targets", 2), new int[1]),
                        "two features are called 'targets'");
            case 2 ->
                Attempt.wrong(
                        example -> example.with(KINDS, new int[] {example.get(Feature.tokens("more"))[0]}),
                        "no feature 'more'");
            default ->
                Attempt.wrong(
                        example -> {
                            throw new NoClassDefFoundError("org/example/Missing");
                        },
                        "NoClassDefFoundError",
                        "org/example/Missing");
        };
    }

    private static int length(RandomGenerator random) {
        return 1 + random.nextInt(LONGEST);
    }

    private static int[] values(RandomGenerator random, int length, int least, int limit) {
        int[] values = new int[length];
        Arrays.setAll(values, i -> random.nextInt(least, limit));
        return values;
    }

    /**
     * What is tried.
     *
     * @param said what the message has to say, besides corruptor and example; nothing if there is no mistake
     */
    private record Attempt(UnaryOperator<Example> corruption, List<String> said) {
        private static Attempt right(UnaryOperator<Example> corruption) {
            return new Attempt(corruption, List.of());
        }

        private static Attempt wrong(UnaryOperator<Example> corruption, String... said) {
            return new Attempt(corruption, List.of(said));
        }
    }
}
