package org.spactor.data;

import org.spactor.api.vocabulary.Vocabulary;

/** Turns text into ids and back. Implementations are thread-safe. */
public interface Tokenizer {
    /**
     * The ids of a text.
     *
     * @param text plain text; what looks like a special token is text too
     * @return ids in [0, {@code vocabulary().pieces()}), without {@code </s>}; none for an empty text
     */
    int[] encode(String text);

    /**
     * The text of ids. Sentinels are written as {@code <extra_id_k>}, ids that stand for nothing as {@code
     * <unused_k>}, counted from {@link Vocabulary#firstUnused}; {@code <pad>} and {@code </s>} are left out.
     *
     * @throws IllegalArgumentException if an id is not in [0, {@code vocabulary().size()})
     */
    String decode(int[] ids);

    /** The tokens there are. */
    Vocabulary vocabulary();
}
