package org.spactor.api.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * The tokens there are, by id: the tokenizer's pieces, some of which have a role, then the sentinels counted from the top
 * of their block downwards ({@code <extra_id_0>} is the highest), then ids that stand for nothing, up to the number of
 * rows of the embedding table. Immutable.
 *
 * <p>Source: T5's convention, with its {@code spiece.model}: 32,000 pieces, 100 sentinels, 32,128 rows.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Vocabulary {
    /** What SentencePiece writes for the space in front of a word. */
    public static final char WORD_START = '\u2581';

    private static final int MULTIPLE = 128;
    private static final int SENTINELS = 100;

    private final List<String> pieces;
    private final SpecialIds special;
    private final int sentinels;
    private final int size;

    /**
     * A vocabulary.
     *
     * @param pieces the tokenizer's pieces, as SentencePiece writes them, by id
     * @param special which of them have a role
     * @param sentinels number of sentinels, at least 1
     * @param size rows of the embedding table, at least as many as pieces and sentinels
     */
    public Vocabulary(List<String> pieces, SpecialIds special, int sentinels, int size) {
        this.pieces = List.copyOf(pieces);
        this.special = Objects.requireNonNull(special, "special");
        this.sentinels = sentinels;
        this.size = size;
        if (sentinels < 1 || size < this.pieces.size() + sentinels) {
            throw new IllegalArgumentException("a vocabulary of " + size + " rows does not hold " + this.pieces.size()
                    + " pieces and " + sentinels + " sentinels");
        }
        special.requireWithin(this.pieces.size());
    }

    /** A tokenizer's vocabulary with 100 sentinels, filled up to a multiple of 128, with at least one unused id. */
    public static Vocabulary of(List<String> pieces, SpecialIds special) {
        int used = pieces.size() + SENTINELS;
        return new Vocabulary(pieces, special, SENTINELS, (used / MULTIPLE + 1) * MULTIPLE);
    }

    /**
     * A made-up vocabulary for tests, with T5's special ids: the pieces behind them are words and ends of words in turn,
     * {@code \u2581w3}, {@code e4}, {@code \u2581w5}, ….
     *
     * @param pieces number of pieces, at least 3
     * @param sentinels number of sentinels
     * @param size rows of the embedding table
     */
    public static Vocabulary sample(int pieces, int sentinels, int size) {
        return new Vocabulary(samplePieces(pieces), SpecialIds.T5, sentinels, size);
    }

    /** A made-up vocabulary for tests with 100 sentinels, as {@link #sample(int, int, int)}. */
    public static Vocabulary sample(int pieces) {
        return of(samplePieces(pieces), SpecialIds.T5);
    }

    private static List<String> samplePieces(int count) {
        List<String> pieces = new ArrayList<>(List.of("<pad>", "</s>", "<unk>"));
        for (int id = pieces.size(); id < count; id++) {
            pieces.add(id % 2 == 1 ? WORD_START + "w" + id : "e" + id);
        }
        return pieces;
    }

    /** Rows of the embedding table: every id is below it. */
    public int size() {
        return size;
    }

    /** Number of the tokenizer's pieces, those with a role included. */
    public int pieces() {
        return pieces.size();
    }

    /** Number of sentinels. */
    public int sentinels() {
        return sentinels;
    }

    /** Id of {@code <pad>}, which fills up what is shorter than the rest of a batch and is what a decoder starts with. */
    public int pad() {
        return special.pad();
    }

    /** Id of {@code </s>}, which ends inputs and targets. */
    public int end() {
        return special.end();
    }

    /** Id of {@code <unk>}, which stands for what the tokenizer has no piece for. */
    public int unknown() {
        return special.unknown();
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
        return pieces.size() + sentinels - 1 - k;
    }

    /** Whether an id is one of the sentinels. */
    public boolean isSentinel(int id) {
        return id >= pieces.size() && id < pieces.size() + sentinels;
    }

    /** Whether an id is {@code <pad>}, {@code </s>} or a sentinel: a token that stands for no text. */
    public boolean isSpecial(int id) {
        return id == pad() || id == end() || isSentinel(id);
    }

    /** The first id that stands for nothing, or {@link #size} if there is none: 32,100 for T5's. */
    public int firstUnused() {
        return pieces.size() + sentinels;
    }

    /**
     * How an id is written: a piece as SentencePiece writes it, with {@link #WORD_START} for a space; {@code
     * <extra_id_k>}; or {@code <unused_k>}.
     *
     * @throws IllegalArgumentException if there is no such id
     */
    public String piece(int id) {
        if (id < 0 || id >= size) {
            throw new IllegalArgumentException("there is no token " + id + ": ids are within [0, " + size + ")");
        }
        if (id < pieces.size()) {
            return pieces.get(id);
        }
        return isSentinel(id) ? "<extra_id_" + (firstUnused() - 1 - id) + ">" : "<unused_" + (id - firstUnused()) + ">";
    }

    /**
     * Whether a token begins a word: its piece begins with {@link #WORD_START}, or it stands for no text. In languages
     * without spaces between words this is true of the first token of a passage alone.
     *
     * @throws IllegalArgumentException if there is no such id
     */
    public boolean startsWord(int id) {
        return isSpecial(id) || piece(id).charAt(0) == WORD_START;
    }

    @Override
    public String toString() {
        return pieces.size() + " pieces, " + sentinels + " sentinels, " + size + " rows";
    }

    /**
     * The pieces that have a role.
     *
     * @param pad id of {@code <pad>}
     * @param end id of {@code </s>}
     * @param unknown id of {@code <unk>}
     */
    public record SpecialIds(int pad, int end, int unknown) {
        /** T5's. */
        public static final SpecialIds T5 = new SpecialIds(0, 1, 2);

        private void requireWithin(int pieces) {
            boolean within =
                    Math.min(pad, Math.min(end, unknown)) >= 0 && Math.max(pad, Math.max(end, unknown)) < pieces;
            if (!within || pad == end || pad == unknown || end == unknown) {
                throw new IllegalArgumentException(
                        this + " are not three different ids of a tokenizer of " + pieces + " pieces");
            }
        }
    }
}
