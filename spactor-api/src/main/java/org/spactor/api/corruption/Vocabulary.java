package org.spactor.api.corruption;

import org.apiguardian.api.API;

/**
 * The ids of the special tokens, by T5's convention: {@code <pad>} 0, {@code </s>} 1, {@code <unk>} 2, the tokenizer's
 * pieces, then the sentinels counted from the top of their block downwards ({@code <extra_id_0>} is the highest), then
 * unused ids up to a multiple of 128.
 *
 * @param pieces number of pieces of the tokenizer, special tokens included: 32,000 for T5's
 * @param sentinels number of sentinels: 100 for T5's
 * @param size rows of the embedding table: 32,128 for T5's
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Vocabulary(int pieces, int sentinels, int size) {
    /** Id of {@code <pad>}, which is also what a T5 decoder starts with. */
    public static final int PAD = 0;
    /** Id of {@code </s>}, which ends inputs and targets. */
    public static final int END = 1;
    /** Id of {@code <unk>}. */
    public static final int UNKNOWN = 2;

    private static final int MULTIPLE = 128;

    public Vocabulary {
        if (pieces < 3 || sentinels < 1 || size < pieces + sentinels) {
            throw new IllegalArgumentException("a vocabulary of " + size + " rows does not hold " + pieces
                    + " pieces and " + sentinels + " sentinels");
        }
    }

    /** A tokenizer's vocabulary with 100 sentinels, filled up to a multiple of 128, with at least one unused id. */
    public static Vocabulary ofPieces(int pieces) {
        int sentinels = 100;
        int used = pieces + sentinels;
        return new Vocabulary(pieces, sentinels, (used / MULTIPLE + 1) * MULTIPLE);
    }

    /**
     * The id of {@code <extra_id_k>}.
     *
     * @throws IllegalArgumentException if there are not that many sentinels
     */
    public int sentinel(int k) {
        if (k < 0 || k >= sentinels) {
            throw new IllegalArgumentException("there is no <extra_id_" + k + ">: the vocabulary has " + sentinels
                    + " sentinels. Shorter segments or longer spans need fewer");
        }
        return pieces + sentinels - 1 - k;
    }

    /** Whether an id is one of the sentinels. */
    public boolean isSentinel(int id) {
        return id >= pieces && id < pieces + sentinels;
    }

    /** Whether an id is {@code <pad>}, {@code </s>} or a sentinel: a token that stands for no text. */
    public boolean isSpecial(int id) {
        return id == PAD || id == END || isSentinel(id);
    }

    /** The first id that stands for nothing: 32,100 for T5's. */
    public int firstUnused() {
        return pieces + sentinels;
    }
}
