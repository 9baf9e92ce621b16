package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Bias, masks and softmax of attention scores, row by row in place. */
final class AttentionSoftmax implements Runnable {
    private static final int TILE = 2048;

    private final FloatBuffer scores;
    private final FloatBuffer bias;
    private final IntBuffer keyTokens;
    private final boolean causal;
    private final float mask;
    private final int batch;
    private final int heads;
    private final Slice share;
    private final int queries;
    private final int keys;
    private final int rowsPerTile;
    private final float[] tile;
    private final float[] biasTile;
    private final float[] keyMask;
    private final Exponential exponential;

    AttentionSoftmax(
            FloatBuffer scores,
            long[] shape,
            FloatBuffer bias,
            IntBuffer keyTokens,
            boolean causal,
            float mask,
            Slice share) {
        this.scores = scores;
        this.bias = bias;
        this.keyTokens = keyTokens;
        this.causal = causal;
        this.mask = mask;
        this.batch = (int) shape[0];
        this.heads = (int) shape[1];
        this.share = share;
        this.queries = (int) shape[2];
        this.keys = (int) shape[3];
        this.rowsPerTile = Math.max(1, Math.min(queries, TILE / keys));
        this.tile = new float[rowsPerTile * keys];
        this.biasTile = new float[rowsPerTile * keys];
        this.keyMask = new float[keys];
        this.exponential = new Exponential(rowsPerTile * keys);
    }

    @Override
    public void run() {
        for (int b = 0; b < batch; b++) {
            boolean masked = keyTokens != null && findMask(b);
            for (int head = share.from(); head < share.to(); head++) {
                for (int query = 0; query < queries; query += rowsPerTile) {
                    rows(b, head, query, Math.min(rowsPerTile, queries - query), masked);
                }
            }
        }
    }

    /** Fills the mask of one example and says whether it masks anything. */
    private boolean findMask(int example) {
        boolean any = false;
        for (int key = 0; key < keys; key++) {
            boolean padded = keyTokens.get(example * keys + key) == 0;
            keyMask[key] = padded ? mask : 0;
            any |= padded;
        }
        return any;
    }

    private void rows(int example, int head, int firstQuery, int count, boolean masked) {
        int start = ((example * heads + head) * queries + firstQuery) * keys;
        int length = count * keys;
        scores.get(start, tile, 0, length);
        if (bias != null) {
            bias.get((head * queries + firstQuery) * keys, biasTile, 0, length);
            Rows.add(tile, 0, biasTile, 0, length);
        }
        for (int row = 0; row < count; row++) {
            int from = row * keys;
            if (masked) {
                Rows.add(tile, from, keyMask, 0, keys);
            }
            int behind = firstQuery + row + 1;
            if (causal && behind < keys) {
                Rows.add(tile, from + behind, keys - behind, mask);
            }
            Rows.add(tile, from, keys, -Rows.greatest(tile, from, keys));
        }
        exponential.apply(tile, length);
        for (int row = 0; row < count; row++) {
            Rows.multiply(tile, row * keys, keys, 1 / Rows.sum(tile, row * keys, keys));
        }
        scores.put(start, tile, 0, length);
    }
}
