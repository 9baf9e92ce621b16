package org.spactor.engine.nd4j.host;

import java.nio.IntBuffer;

/** Tokens with values at some positions of each sequence, one after the other; −1 is no position. */
final class TokenReplacement implements Runnable {
    private final IntBuffer tokens;
    private final IntBuffer positions;
    private final IntBuffer values;
    private final IntBuffer result;
    private final int length;
    private final int chosen;

    /**
     * @param length tokens of a sequence
     * @param chosen positions of a sequence
     */
    TokenReplacement(
            IntBuffer tokens, IntBuffer positions, IntBuffer values, IntBuffer result, int length, int chosen) {
        this.tokens = tokens;
        this.positions = positions;
        this.values = values;
        this.result = result;
        this.length = length;
        this.chosen = chosen;
    }

    @Override
    public void run() {
        result.put(0, tokens, 0, tokens.limit());
        for (int i = 0; i < positions.limit(); i++) {
            int position = positions.get(i);
            if (position >= 0) {
                result.put(i / chosen * length + position, values.get(i));
            }
        }
    }
}
