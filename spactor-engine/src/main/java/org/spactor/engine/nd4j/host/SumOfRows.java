package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/** Adds up the shares of several threads, always in the same order. */
final class SumOfRows implements Runnable {
    private final FloatBuffer[] shares;
    private final FloatBuffer total;

    SumOfRows(FloatBuffer[] shares, FloatBuffer total) {
        this.shares = shares;
        this.total = total;
    }

    @Override
    public void run() {
        for (int i = 0; i < total.limit(); i++) {
            float sum = shares[0].get(i);
            for (int share = 1; share < shares.length; share++) {
                sum += shares[share].get(i);
            }
            total.put(i, sum);
        }
    }
}
