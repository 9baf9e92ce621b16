package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.util.function.BooleanSupplier;

/** Sums the gradients of a relative position bias by bucket, head by head. */
final class PositionBiasGradient implements Runnable {
    private final FloatBuffer gradient;
    private final int[] buckets;
    private final FloatBuffer table;
    private final int heads;
    private final Slice share;
    private final BooleanSupplier accumulates;
    private final float[] places;

    PositionBiasGradient(
            FloatBuffer gradient,
            int[] buckets,
            FloatBuffer table,
            int heads,
            Slice share,
            BooleanSupplier accumulates) {
        this.gradient = gradient;
        this.buckets = buckets;
        this.table = table;
        this.heads = heads;
        this.share = share;
        this.accumulates = accumulates;
        this.places = new float[buckets.length];
    }

    @Override
    public void run() {
        boolean adds = accumulates.getAsBoolean();
        int rows = table.limit() / heads;
        for (int head = share.from(); head < share.to(); head++) {
            gradient.get(head * places.length, places, 0, places.length);
            double[] sums = new double[rows];
            for (int i = 0; i < places.length; i++) {
                sums[buckets[i]] += places[i];
            }
            for (int row = 0; row < rows; row++) {
                int place = row * heads + head;
                table.put(place, (float) (adds ? table.get(place) + sums[row] : sums[row]));
            }
        }
    }
}
