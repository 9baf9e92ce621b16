package org.spactor.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.spactor.api.random.CounterRandom;

/**
 * Tokenised documents in memory, four bytes a token. Immutable and thread-safe; the parts of a {@link #split} share the
 * tokens.
 */
public final class TokenStore {
    private static final String SPLIT_PURPOSE = "validation-split";
    private static final int HASHED_AT_ONCE = 1 << 16;

    private final TokenBuffer buffer;
    private final long[] starts;
    private final long[] ends;
    private final long tokens;

    private TokenStore(TokenBuffer buffer, long[] starts, long[] ends) {
        this.buffer = buffer;
        this.starts = starts;
        this.ends = ends;
        long sum = 0;
        for (int i = 0; i < starts.length; i++) {
            sum += ends[i] - starts[i];
        }
        this.tokens = sum;
    }

    /** Number of documents. */
    public int documents() {
        return starts.length;
    }

    /** Number of tokens of all documents. */
    public long tokens() {
        return tokens;
    }

    /** Number of tokens of a document; 0 if the tokenizer found nothing in its text. */
    public long documentLength(int document) {
        return ends[document] - starts[document];
    }

    /**
     * Copies a part of a document.
     *
     * @param from first token, counted from the document's start
     * @param target gets the tokens, from {@code targetOffset} on
     * @throws IndexOutOfBoundsException if the document or the target is too short
     */
    public void copy(int document, long from, int[] target, int targetOffset, int length) {
        if (from < 0 || length < 0 || from > documentLength(document) - length) {
            throw new IndexOutOfBoundsException(length + " tokens from " + from + " of document " + document
                    + ", which has " + documentLength(document));
        }
        buffer.copy(starts[document] + from, target, targetOffset, length);
    }

    /**
     * SHA-256 of the documents of some stores, their lengths and their tokens, in hexadecimal: equal if the same is read
     * from them.
     */
    public static String sha256(TokenStore... stores) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        for (TokenStore store : stores) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, store.documents()));
            for (int document = 0; document < store.documents(); document++) {
                store.addTo(digest, document);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void addTo(MessageDigest digest, int document) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, documentLength(document)));
        int[] tokens = new int[(int) Math.min(HASHED_AT_ONCE, documentLength(document))];
        ByteBuffer bytes = ByteBuffer.allocate(tokens.length * Integer.BYTES);
        for (long done = 0; done < documentLength(document); done += tokens.length) {
            int count = (int) Math.min(tokens.length, documentLength(document) - done);
            copy(document, done, tokens, 0, count);
            bytes.clear().asIntBuffer().put(tokens, 0, count);
            digest.update(bytes.limit(count * Integer.BYTES));
        }
    }

    /**
     * Holds out text for validation, chosen by the seed. As many documents as are needed are held out as wholes, in an
     * order that the seed decides, except those that would hold out more than twice the text wanted. What is missing
     * then, because the documents are few and long, is cut off the end of one of them: so a single file can be split
     * too, and a few books do not lose one of them.
     *
     * @param validationFraction share of the tokens to hold out, in [0, 1); 0 holds out nothing
     * @param segmentTokens least number of tokens in each part, at least 1: one segment
     * @return the parts; held-out documents are in random order, so that the first of them are a fair sample
     * @throws DataException if there is not one segment for each part
     */
    public Split split(double validationFraction, int segmentTokens, long seed) {
        if (!(validationFraction >= 0 && validationFraction < 1) || segmentTokens < 1) {
            throw new IllegalArgumentException("a fraction of " + validationFraction + " and segments of "
                    + segmentTokens + " tokens: the fraction must be within [0, 1), a segment not empty");
        }
        if (validationFraction == 0) {
            return new Split(this, new TokenStore(buffer, new long[0], new long[0]));
        }
        if (tokens < 2L * segmentTokens) {
            throw new DataException("the text has " + tokens + " tokens, but training and validation need at least one"
                    + " segment of " + segmentTokens + " each. Lower data.input-length, add text, or set"
                    + " data.validation.fraction to 0");
        }
        long mostHeldOut = tokens - segmentTokens;
        long wanted = Math.min(Math.max((long) Math.ceil(validationFraction * tokens), segmentTokens), mostHeldOut);
        return split(wanted, Math.min(2 * wanted, mostHeldOut), seed);
    }

    private Split split(long wanted, long most, long seed) {
        Ranges heldOut = new Ranges(documents());
        boolean[] whole = new boolean[documents()];
        int firstPassedOver = -1;
        for (int document : Shuffle.order(documents(), CounterRandom.key(seed, SPLIT_PURPOSE))) {
            if (heldOut.tokens >= wanted) {
                break;
            }
            long length = documentLength(document);
            if (length > 0 && heldOut.tokens + length <= most) {
                heldOut.add(starts[document], ends[document]);
                whole[document] = true;
            } else if (length > 0 && firstPassedOver < 0) {
                firstPassedOver = document;
            }
        }
        // Whatever was passed over was longer than what is missing now, so something of it remains.
        long missing = Math.max(0, wanted - heldOut.tokens);
        if (missing > 0) {
            heldOut.add(ends[firstPassedOver] - missing, ends[firstPassedOver]);
        }
        Ranges kept = new Ranges(documents());
        for (int document = 0; document < documents(); document++) {
            if (!whole[document]) {
                long cut = missing > 0 && document == firstPassedOver ? missing : 0;
                kept.add(starts[document], ends[document] - cut);
            }
        }
        return new Split(kept.store(buffer), heldOut.store(buffer));
    }

    /**
     * The parts of a {@link TokenStore#split}.
     *
     * @param training what is trained on
     * @param validation what is held out; without documents if nothing was to be
     */
    public record Split(TokenStore training, TokenStore validation) {
        public Split {
            Objects.requireNonNull(training, "training");
            Objects.requireNonNull(validation, "validation");
        }
    }

    /** Puts a store together, document by document. Not thread-safe. */
    public static final class Builder {
        private final TokenBuffer buffer = new TokenBuffer();
        private long[] ends = new long[16];
        private int documents;
        private boolean built;

        /**
         * Adds a document; its tokens are copied.
         *
         * @throws IllegalStateException if the store is built
         */
        public Builder add(int[] tokens) {
            requireNotBuilt();
            buffer.append(tokens);
            if (documents == ends.length) {
                ends = Arrays.copyOf(ends, documents + documents / 2);
            }
            ends[documents++] = buffer.size();
            return this;
        }

        /**
         * The store of what was added; takes the tokens over, so that the builder cannot be used any more.
         *
         * @throws IllegalStateException if the store is built
         */
        public TokenStore build() {
            requireNotBuilt();
            built = true;
            long[] starts = new long[documents];
            if (documents > 1) {
                System.arraycopy(ends, 0, starts, 1, documents - 1);
            }
            return new TokenStore(buffer, starts, Arrays.copyOf(ends, documents));
        }

        private void requireNotBuilt() {
            if (built) {
                throw new IllegalStateException("the store is built; another one needs another builder");
            }
        }
    }

    /** Ranges of the buffer that become a store's documents. */
    private static final class Ranges {
        private final long[] starts;
        private final long[] ends;
        private int count;
        private long tokens;

        Ranges(int most) {
            // One more than there are documents: a document may be cut in two.
            starts = new long[most + 1];
            ends = new long[most + 1];
        }

        void add(long start, long end) {
            starts[count] = start;
            ends[count++] = end;
            tokens += end - start;
        }

        TokenStore store(TokenBuffer buffer) {
            return new TokenStore(buffer, Arrays.copyOf(starts, count), Arrays.copyOf(ends, count));
        }
    }
}
