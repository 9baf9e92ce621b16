package org.spactor.objectives.corruption;

import java.util.random.RandomGenerator;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.corruption.Vocabulary;

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
     * <p>Answers for segments with too many spans too: whoever searches for the longest segment that fits asks for
     * longer ones on the way, which will never be corrupted. With T5's options a search that doubles asks for 2048
     * tokens, which need 102 sentinels, before it settles on the 1137 that make 1024 tokens of input and need 57.
     */
    @Override
    public FeatureLengths lengths(FeatureLengths lengths) {
        return sentinels.lengths(lengths);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidOptionException if a segment of this length has more spans than there are sentinels; since that
     *     does not depend on chance, the first full segment tells
     */
    @Override
    public Example corrupt(Example example, RandomGenerator random) {
        int length = example.get(Feature.INPUTS).length;
        int spans = mask.most(length).spans();
        if (spans > vocabulary.sentinels()) {
            throw new InvalidOptionException(
                    "mean-span-length",
                    mask.meanSpanLength() + " makes " + spans + " spans of a segment of " + length
                            + " tokens, and the vocabulary has " + vocabulary.sentinels()
                            + " sentinels. A greater mean-span-length, a noise-density below " + mask.noiseDensity()
                            + " or shorter inputs need fewer");
        }
        return sentinels.corrupt(example, random);
    }
}
