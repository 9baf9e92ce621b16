package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/** Masks the scores of some heads of one example: keys that are padding, and keys behind the query. */
final class ScoreMask implements Runnable {
    private final FloatBuffer scores;
    private final int heads;
    private final int queries;
    private final int keys;
    private final IntBuffer tokens;
    private final boolean causal;
    private final float mask;
    private final float[] masks;
    private final float[] padding;
    private final float[] row;

    ScoreMask(FloatBuffer scores, int heads, int queries, int keys, IntBuffer tokens, boolean causal, float mask) {
        this.scores = scores;
        this.heads = heads;
        this.queries = queries;
        this.keys = keys;
        this.tokens = tokens;
        this.causal = causal;
        this.mask = mask;
        this.masks = new float[keys];
        Arrays.fill(masks, mask);
        this.padding = new float[keys];
        this.row = new float[keys];
    }

    @Override
    public void run() {
        boolean padded = tokens != null && findPadding();
        if (!padded && !causal) {
            return;
        }
        for (int i = 0; i < heads * queries; i++) {
            if (padded) {
                scores.get(i * keys, row, 0, keys);
                Rows.add(row, 0, padding, 0, keys);
                scores.put(i * keys, row, 0, keys);
            }
            int behind = i % queries + 1;
            if (causal && behind < keys) {
                scores.put(i * keys + behind, masks, 0, keys - behind);
            }
        }
    }

    /** Finds what to add to each key's scores and says whether that is anything. */
    private boolean findPadding() {
        boolean any = false;
        for (int key = 0; key < keys; key++) {
            boolean isPadding = tokens.get(key) == 0;
            padding[key] = isPadding ? mask : 0;
            any |= isPadding;
        }
        return any;
    }
}
