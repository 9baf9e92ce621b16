package org.spactor.data;

import java.util.Locale;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * Documents that were read and tokenised.
 *
 * @param tokens their tokens
 * @param unknownTokens how many of them are {@code <unk>}: text that the tokenizer has no piece for
 * @param report what the reader found
 */
public record Corpus(TokenStore tokens, long unknownTokens, DataReport report) {
    public Corpus {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(report, "report");
    }

    /** The share of the tokens that are {@code <unk>}, in [0, 1]. */
    public double unknownShare() {
        return tokens.tokens() == 0 ? 0 : (double) unknownTokens / tokens.tokens();
    }

    /**
     * Checks that the tokenizer knows the text.
     *
     * @param maximumUnknownShare greatest share of unknown tokens, in [0, 1]
     * @throws DataException if more are unknown
     */
    public void requireKnown(double maximumUnknownShare) {
        if (unknownShare() > maximumUnknownShare) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "the tokenizer does not know this text: %.1f %% of its %,d tokens are <unk>, and"
                            + " data.maximum-unknown-share is %.1f %%. A model of it would learn next to nothing. Give a"
                            + " SentencePiece model made for this language as data.tokenizer",
                    100 * unknownShare(),
                    tokens.tokens(),
                    100 * maximumUnknownShare));
        }
    }

    /**
     * Reads and tokenises all documents of a source.
     *
     * @param charactersRead is told after every document how many characters were read so far
     * @throws DataException if the source cannot be read
     */
    public static Corpus read(DocumentSource source, Tokenizer tokenizer, LongConsumer charactersRead) {
        TokenStore.Builder builder = new TokenStore.Builder();
        Count count = new Count(charactersRead, tokenizer.vocabulary().unknown());
        DataReport report = source.read(document -> {
            int[] ids = tokenizer.encode(document.text());
            builder.add(ids);
            count.add(document.text().length(), ids);
        });
        return new Corpus(builder.build(), count.unknown, report);
    }

    private static final class Count {
        private final LongConsumer listener;
        private final int unknownId;
        private long characters;
        private long unknown;

        Count(LongConsumer listener, int unknownId) {
            this.listener = listener;
            this.unknownId = unknownId;
        }

        void add(int more, int[] ids) {
            characters += more;
            for (int id : ids) {
                unknown += id == unknownId ? 1 : 0;
            }
            listener.accept(characters);
        }
    }
}
