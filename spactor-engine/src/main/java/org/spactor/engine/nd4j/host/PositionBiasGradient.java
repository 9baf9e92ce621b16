package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/** Sums the gradients of a relative position bias by bucket, head by head. */
final class PositionBiasGradient implements Runnable {
    private final FloatBuffer gradient;
    private final int[] buckets;
    private final FloatBuffer table;
    private final int heads;
    private final Slice share;
    private final float[] places;

    PositionBiasGradient(FloatBuffer gradient, int[] buckets, FloatBuffer table, int heads, Slice share) {
        this.gradient = gradient;
        this.buckets = buckets;
        this.table = table;
        this.heads = heads;
        this.share = share;
        this.places = new float[buckets.length];
    }

    @Override
    public void run() {
        int rows = table.limit() / heads;
        for (int head = share.from(); head < share.to(); head++) {
            gradient.get(head * places.length, places, 0, places.length);
            double[] sums = new double[rows];
            for (int i = 0; i < places.length; i++) {
                sums[buckets[i]] += places[i];
            }
            for (int row = 0; row < rows; row++) {
                table.put(row * heads + head, (float) sums[row]);
            }
        }
    }
}
