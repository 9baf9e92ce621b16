package org.spactor.data;

import java.util.Random;
import java.util.stream.IntStream;

/** Stores for tests, in which every token occurs once: 0, 1, 2, … in the order of the documents. */
final class Stores {
    private Stores() {}

    static TokenStore ofLengths(int... lengths) {
        TokenStore.Builder builder = new TokenStore.Builder();
        int next = 0;
        for (int length : lengths) {
            builder.add(IntStream.range(next, next + length).toArray());
            next += length;
        }
        return builder.build();
    }

    static TokenStore random(int documents, int longest, long seed) {
        Random random = new Random(seed);
        return ofLengths(IntStream.range(0, documents)
                .map(i -> random.nextInt(longest + 1))
                .toArray());
    }

    static int[] document(TokenStore store, int document) {
        int[] tokens = new int[(int) store.documentLength(document)];
        store.copy(document, 0, tokens, 0, tokens.length);
        return tokens;
    }

    static int[] tokens(TokenStore store) {
        return IntStream.range(0, store.documents())
                .flatMap(document -> IntStream.of(document(store, document)))
                .toArray();
    }
}
