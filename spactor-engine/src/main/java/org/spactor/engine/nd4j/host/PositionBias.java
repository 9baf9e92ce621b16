package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/** Looks up a relative position bias for every pair of a query and a key, in some heads. */
final class PositionBias implements Runnable {
    private final FloatBuffer table;
    private final int[] buckets;
    private final FloatBuffer bias;
    private final int heads;
    private final Slice share;
    private final float[] byBucket;
    private final float[] places;

    PositionBias(FloatBuffer table, int[] buckets, FloatBuffer bias, int heads, Slice share) {
        this.table = table;
        this.buckets = buckets;
        this.bias = bias;
        this.heads = heads;
        this.share = share;
        this.byBucket = new float[table.limit() / heads];
        this.places = new float[buckets.length];
    }

    @Override
    public void run() {
        for (int head = share.from(); head < share.to(); head++) {
            for (int bucket = 0; bucket < byBucket.length; bucket++) {
                byBucket[bucket] = table.get(bucket * heads + head);
            }
            for (int i = 0; i < places.length; i++) {
                places[i] = byBucket[buckets[i]];
            }
            bias.put(head * places.length, places, 0, places.length);
        }
    }
}
