package org.spactor.testkit;

import java.util.ArrayList;
import java.util.List;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;

/** Segments of text that nobody wrote, and what corruptors make of them. */
final class Segments {
    private Segments() {}

    /** Random pieces that stand for text; a function of length and seed. */
    static int[] tokens(Vocabulary vocabulary, int length, long seed) {
        CounterRandom random = CounterRandom.of(seed, "testkit-segment", length);
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            do {
                tokens[i] = random.nextInt(vocabulary.pieces());
            } while (vocabulary.isSpecial(tokens[i]) || tokens[i] == vocabulary.unknown());
        }
        return tokens;
    }

    /** A segment after some corruptors. */
    static Example corrupted(List<Corruptor> corruptors, int[] segment, long seed) {
        Example example = Example.of(segment);
        for (int i = 0; i < corruptors.size(); i++) {
            example = corruptors.get(i).corrupt(example, CounterRandom.of(seed, "testkit-corruption", i));
        }
        return example;
    }

    /** Several segments after some corruptors, each shorter than the one before, so that there is padding. */
    static Batch batch(List<Corruptor> corruptors, Vocabulary vocabulary, int examples, int length, long seed) {
        List<Example> batch = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            batch.add(corrupted(corruptors, tokens(vocabulary, length - i, seed + i), seed + i));
        }
        return new Batch(batch, lengths(corruptors, length), vocabulary);
    }

    /** The greatest lengths after some corruptors. */
    static FeatureLengths lengths(List<Corruptor> corruptors, int segment) {
        FeatureLengths lengths = FeatureLengths.ofSegment(segment);
        for (Corruptor corruptor : corruptors) {
            lengths = corruptor.lengths(lengths);
        }
        return lengths;
    }
}
