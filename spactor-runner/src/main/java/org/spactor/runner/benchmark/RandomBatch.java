package org.spactor.runner.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.Batch;
import org.spactor.data.CorruptorChain;
import org.spactor.data.SegmentLength;
import org.spactor.runner.assembly.Components;

/** Batches of random tokens that went through the configured corruptors. */
final class RandomBatch {
    private final CorruptorChain corruptors;
    private final Vocabulary vocabulary;
    private final SegmentLength segment;
    private final OptionalInt targetLength;

    /** @param targetLength replaces the length of the targets that the corruptors make */
    RandomBatch(Components components, int inputLength, OptionalInt targetLength) {
        this.corruptors = components.corruptors();
        this.vocabulary = components.vocabulary();
        this.segment = components.segmentLength(inputLength);
        this.targetLength = targetLength;
    }

    FeatureLengths lengths() {
        return targetLength.isPresent()
                ? segment.lengths().with(Feature.TARGETS, targetLength.getAsInt())
                : segment.lengths();
    }

    Batch of(int batchSize) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < batchSize; i++) {
            RandomGenerator random = CounterRandom.of(0, "benchmark", i);
            Example example = corruptors.corrupt(tokens(segment.tokens(), random), 0, "benchmark", i);
            if (targetLength.isPresent()) {
                example = example.with(Feature.TARGETS, tokens(targetLength.getAsInt(), random));
            }
            examples.add(example);
        }
        return Batch.of(examples, lengths(), vocabulary);
    }

    private int[] tokens(int length, RandomGenerator random) {
        return random.ints(length, vocabulary.unknown() + 1, vocabulary.pieces())
                .toArray();
    }
}
