package org.spactor.data;

import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * Documents that were read and tokenised.
 *
 * @param tokens their tokens
 * @param report what the reader found
 */
public record Corpus(TokenStore tokens, DataReport report) {
    public Corpus {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(report, "report");
    }

    /**
     * Reads and tokenises all documents of a source.
     *
     * @param charactersRead is told after every document how many characters were read so far
     * @throws DataException if the source cannot be read
     */
    public static Corpus read(DocumentSource source, Tokenizer tokenizer, LongConsumer charactersRead) {
        TokenStore.Builder builder = new TokenStore.Builder();
        CharacterCount count = new CharacterCount(charactersRead);
        DataReport report = source.read(document -> {
            builder.add(tokenizer.encode(document.text()));
            count.add(document.text().length());
        });
        return new Corpus(builder.build(), report);
    }

    private static final class CharacterCount {
        private final LongConsumer listener;
        private long characters;

        CharacterCount(LongConsumer listener) {
            this.listener = listener;
        }

        void add(int more) {
            characters += more;
            listener.accept(characters);
        }
    }
}
