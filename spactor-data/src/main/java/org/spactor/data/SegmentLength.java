package org.spactor.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spactor.api.component.InvalidOptionException;
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
     * @param inputLength greatest number of tokens that the encoder reads, {@code data.input-length}
     * @throws DataException if even a segment of one token becomes too long, or every segment is short enough, or a length
     *     falls where a segment grows
     * @throws InvalidOptionException if a corruptor refuses segments which would be short enough
     */
    public static SegmentLength longest(CorruptorChain corruptors, int inputLength) {
        Search search = new Search(corruptors, inputLength);
        int shortest = search.lengths(1).get(Feature.INPUTS);
        if (shortest > inputLength) {
            throw new DataException("data.input-length: " + inputLength + " is too short. The corruptors make "
                    + shortest + " tokens of a segment of one token");
        }
        int longest = 1;
        int tooLong = 2;
        while (search.fits(tooLong)) {
            if (tooLong / GREATEST_RATIO > inputLength || tooLong > Integer.MAX_VALUE / 2) {
                throw new DataException("data.input-length: the corruptors make no more than " + inputLength
                        + " tokens even of a segment of " + tooLong + " tokens. Corruptor.lengths has to grow with the"
                        + " segment");
            }
            longest = tooLong;
            tooLong *= 2;
        }
        while (tooLong - longest > 1) {
            int middle = (longest + tooLong) >>> 1;
            if (search.fits(middle)) {
                longest = middle;
            } else {
                tooLong = middle;
            }
        }
        FeatureLengths lengths = search.lengths(longest);
        if (lengths.get(Feature.INPUTS) < inputLength) {
            // If it was a refusal that kept the segment short, and not the inputs' length, this throws it.
            search.lengths(tooLong);
        }
        return new SegmentLength(longest, lengths);
    }

    /** What the corruptors promised so far; whatever they say next has to fit in. */
    private static final class Search {
        private final CorruptorChain corruptors;
        private final int inputLength;
        private final TreeMap<Integer, List<FeatureLengths>> promises = new TreeMap<>();

        private Search(CorruptorChain corruptors, int inputLength) {
            this.corruptors = corruptors;
            this.inputLength = inputLength;
        }

        /**
         * Whether the inputs made of a segment are short enough. A segment that a corruptor refuses, because it would need
         * more sentinels than there are, is not: the search looks at longer segments than the one it finds.
         */
        private boolean fits(int segment) {
            try {
                return lengths(segment).get(Feature.INPUTS) <= inputLength;
            } catch (InvalidOptionException e) {
                return false;
            }
        }

        private FeatureLengths lengths(int segment) {
            List<FeatureLengths> promised = corruptors.promises(segment);
            Map.Entry<Integer, List<FeatureLengths>> shorter = promises.lowerEntry(segment);
            if (shorter != null) {
                corruptors.requireGrowth(shorter.getValue(), promised);
            }
            Map.Entry<Integer, List<FeatureLengths>> longer = promises.higherEntry(segment);
            if (longer != null) {
                corruptors.requireGrowth(promised, longer.getValue());
            }
            promises.put(segment, promised);
            return promised.get(promised.size() - 1);
        }
    }
}
