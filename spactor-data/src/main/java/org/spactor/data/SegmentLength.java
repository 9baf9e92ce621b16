package org.spactor.data;

import java.util.List;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;

/**
 * How long raw segments are, and what the corruptors make of them.
 *
 * <p>Source: T5, {@code t5/data/preprocessors.py}: {@code random_spans_helper}, for any list of corruptors.
 *
 * @param tokens length of a raw segment
 * @param lengths greatest length of every feature of the corrupted examples
 */
public record SegmentLength(int tokens, FeatureLengths lengths) {
    /** No corruptor that is good for anything shortens the inputs to less than a thousandth. */
    private static final int GREATEST_RATIO = 1024;

    /**
     * The longest raw segment whose inputs, after all corruptors, are no longer than the encoder reads.
     *
     * @param corruptors in the order in which they are applied
     * @param inputLength greatest number of tokens that the encoder reads, {@code data.input-length}
     * @throws DataException if even a segment of one token becomes too long, or every segment is short enough
     * @throws RuntimeException what a corruptor throws that refuses segments which would be short enough
     */
    public static SegmentLength longest(List<Corruptor> corruptors, int inputLength) {
        if (inputLengthOf(corruptors, 1) > inputLength) {
            throw new DataException("data.input-length: " + inputLength + " is too short. The corruptors make "
                    + inputLengthOf(corruptors, 1) + " tokens of a segment of one token");
        }
        int longest = 1;
        int tooLong = 2;
        while (fits(corruptors, tooLong, inputLength)) {
            if (tooLong / GREATEST_RATIO > inputLength) {
                throw new DataException("data.input-length: the corruptors make no more than " + inputLength
                        + " tokens even of a segment of " + tooLong + " tokens. Corruptor.lengths has to grow with the"
                        + " segment");
            }
            longest = tooLong;
            tooLong = Math.multiplyExact(tooLong, 2);
        }
        while (tooLong - longest > 1) {
            int middle = (longest + tooLong) >>> 1;
            if (fits(corruptors, middle, inputLength)) {
                longest = middle;
            } else {
                tooLong = middle;
            }
        }
        FeatureLengths lengths = lengthsOf(corruptors, longest);
        if (lengths.get(Feature.INPUTS) < inputLength) {
            // If it was a refusal that kept the segment short, and not the inputs' length, this throws it.
            lengthsOf(corruptors, tooLong);
        }
        return new SegmentLength(longest, lengths);
    }

    /**
     * Whether the inputs made of a segment are short enough. A segment that a corruptor refuses, because it would need
     * more sentinels than there are, is not: the search looks at longer segments than the one it finds.
     */
    private static boolean fits(List<Corruptor> corruptors, int segment, int inputLength) {
        try {
            return inputLengthOf(corruptors, segment) <= inputLength;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static int inputLengthOf(List<Corruptor> corruptors, int segment) {
        return lengthsOf(corruptors, segment).get(Feature.INPUTS);
    }

    private static FeatureLengths lengthsOf(List<Corruptor> corruptors, int segment) {
        FeatureLengths lengths = FeatureLengths.ofSegment(segment);
        for (Corruptor corruptor : corruptors) {
            lengths = corruptor.lengths(lengths);
        }
        return lengths;
    }
}
