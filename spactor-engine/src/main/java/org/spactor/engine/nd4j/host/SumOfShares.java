package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.util.function.BooleanSupplier;

/** Adds up the shares of several threads, always in the same order. */
final class SumOfShares implements Runnable {
    private final FloatBuffer[] shares;
    private final FloatBuffer total;
    private final BooleanSupplier accumulates;

    SumOfShares(FloatBuffer[] shares, FloatBuffer total, BooleanSupplier accumulates) {
        this.shares = shares;
        this.total = total;
        this.accumulates = accumulates;
    }

    @Override
    public void run() {
        boolean adds = accumulates.getAsBoolean();
        for (int i = 0; i < total.limit(); i++) {
            float sum = adds ? total.get(i) : 0;
            for (FloatBuffer share : shares) {
                sum += share.get(i);
            }
            total.put(i, sum);
        }
    }
}
