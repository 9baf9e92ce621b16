package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/** Masks the scores of some heads of one example: keys that nobody sees, and keys behind the query but for a prefix. */
final class ScoreMask implements Runnable {
    private final FloatBuffer scores;
    private final int heads;
    private final int queries;
    private final int keys;
    private final IntBuffer keyMask;
    private final boolean causal;
    private final IntBuffer prefix;
    private final float mask;
    private final float[] masks;
    private final float[] padding;
    private final float[] row;

    ScoreMask(
            FloatBuffer scores,
            int heads,
            int queries,
            IntBuffer keyMask,
            boolean causal,
            IntBuffer prefix,
            int keys,
            float mask) {
        this.scores = scores;
        this.heads = heads;
        this.queries = queries;
        this.keys = keys;
        this.keyMask = keyMask;
        this.causal = causal;
        this.prefix = prefix;
        this.mask = mask;
        this.masks = new float[keys];
        Arrays.fill(masks, mask);
        this.padding = new float[keys];
        this.row = new float[keys];
    }

    @Override
    public void run() {
        boolean padded = keyMask != null && findPadding();
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
                hide(i * keys, behind);
            }
        }
    }

    /** Masks the keys behind a query. */
    private void hide(int row, int behind) {
        if (prefix == null) {
            scores.put(row + behind, masks, 0, keys - behind);
            return;
        }
        for (int key = behind; key < keys; key++) {
            if (prefix.get(key) == 0) {
                scores.put(row + key, mask);
            }
        }
    }

    /** Finds what to add to each key's scores and says whether that is anything. */
    private boolean findPadding() {
        boolean any = false;
        for (int key = 0; key < keys; key++) {
            boolean isPadding = keyMask.get(key) == 0;
            padding[key] = isPadding ? mask : 0;
            any |= isPadding;
        }
        return any;
    }
}
