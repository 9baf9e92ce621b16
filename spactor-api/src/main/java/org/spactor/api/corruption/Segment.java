package org.spactor.api.corruption;

import java.util.Objects;
import org.apiguardian.api.API;
import org.spactor.api.vocabulary.Vocabulary;

/** A stretch of text as tokens, for whoever chooses among them: what they are, how they are written, where words begin. */
@API(status = API.Status.MAINTAINED, since = "0.2")
public final class Segment {
    private final int[] tokens;
    private final Vocabulary vocabulary;

    /** A segment of tokens of a vocabulary. */
    public Segment(int[] tokens, Vocabulary vocabulary) {
        this.tokens = tokens.clone();
        this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary");
    }

    /** Number of tokens. */
    public int length() {
        return tokens.length;
    }

    /** The id at a position. */
    public int token(int position) {
        return tokens[position];
    }

    /** How the token at a position is written; a piece that begins a word begins with {@link Vocabulary#WORD_START}. */
    public String piece(int position) {
        return vocabulary.piece(tokens[position]);
    }

    /** Whether the token at a position begins a word. The first one does, even where a segment begins within a word. */
    public boolean startsWord(int position) {
        return position == 0 || vocabulary.startsWord(tokens[position]);
    }

    /** The position behind the word that the token at a position belongs to. */
    public int endOfWord(int position) {
        int end = position + 1;
        while (end < tokens.length && !startsWord(end)) {
            end++;
        }
        return end;
    }

    /** A copy of the tokens. */
    public int[] tokens() {
        return tokens.clone();
    }
}
