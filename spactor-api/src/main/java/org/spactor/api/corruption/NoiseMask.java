package org.spactor.api.corruption;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * Chooses which tokens of a segment are noise. All that a new way of span corruption has to say: {@link
 * SentinelCorruptor} makes sentinels, inputs and targets of it. Any mask will do: noise may begin or end a segment, be all
 * of it or nothing.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@FunctionalInterface
public interface NoiseMask {
    /**
     * Draws a mask.
     *
     * @param segment at least 1 token
     * @param random the only source of randomness
     * @return one entry a token, true where it is noise
     */
    boolean[] draw(Segment segment, RandomGenerator random);

    /**
     * The greatest lengths of what becomes of a segment. Any mask keeps the default, {@link Bounds#any}; one that knows how
     * much noise it makes says so, which makes batches shorter. Must not decrease with the length of the segment.
     *
     * @param length number of tokens in the segment, at least 1
     */
    default Bounds bounds(int length) {
        return Bounds.any(length);
    }

    /**
     * Greatest lengths, {@code </s>} not counted.
     *
     * @param inputs tokens that are kept, and sentinels
     * @param targets noise tokens, and sentinels
     */
    record Bounds(int inputs, int targets) {
        /** What holds for every mask: a sentinel stands for one token at least, and text lies between two spans. */
        public static Bounds any(int length) {
            return new Bounds(length, length + 1);
        }

        /**
         * What holds for masks that always make the same amount of noise.
         *
         * @param tokens number of noise tokens
         * @param spans number of uninterrupted runs of them
         */
        public static Bounds exactly(int length, int tokens, int spans) {
            return new Bounds(length - tokens + spans, tokens + spans);
        }
    }
}
