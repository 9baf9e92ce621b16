package org.spactor.objectives.corruption;

import java.util.random.RandomGenerator;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * T5's span corruption: {@link SentinelCorruptor} with a {@link SpanMask}, and an error that names the options to
 * change where a segment has more spans than the vocabulary has sentinels.
 */
final class SpanCorruptor implements Corruptor {
    private final SpanMask mask;
    private final Vocabulary vocabulary;
    private final SentinelCorruptor sentinels;

    SpanCorruptor(SpanMask mask, Vocabulary vocabulary) {
        this.mask = mask;
        this.vocabulary = vocabulary;
        this.sentinels = new SentinelCorruptor(mask, vocabulary);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidOptionException if a segment of this length has more spans than there are sentinels
     */
    @Override
    public FeatureLengths lengths(FeatureLengths lengths) {
        requireSentinels(lengths.get(Feature.INPUTS));
        return sentinels.lengths(lengths);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidOptionException if the segment has more spans than there are sentinels
     */
    @Override
    public Example corrupt(Example example, RandomGenerator random) {
        requireSentinels(example.length(Feature.INPUTS));
        return sentinels.corrupt(example, random);
    }

    private void requireSentinels(int length) {
        int spans = mask.noise(length).spans();
        if (spans > vocabulary.sentinels()) {
            throw new InvalidOptionException(
                    "mean-span-length",
                    mask.meanSpanLength() + " makes " + spans + " spans of a segment of " + length
                            + " tokens, and the vocabulary has " + vocabulary.sentinels()
                            + " sentinels. A greater mean-span-length, a noise-density below " + mask.noiseDensity()
                            + " or shorter inputs need fewer");
        }
    }
}
