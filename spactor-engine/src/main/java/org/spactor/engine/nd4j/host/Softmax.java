package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/** softmax, row by row in place. */
final class Softmax implements Runnable {
    private static final int TILE = 2048;

    private final FloatBuffer x;
    private final int columns;
    private final float[] tile;
    private final Exponential exponential;

    Softmax(FloatBuffer x, int columns) {
        this.x = x;
        this.columns = columns;
        this.tile = new float[Math.max(1, TILE / columns) * columns];
        this.exponential = new Exponential(tile.length);
    }

    @Override
    public void run() {
        int end = x.limit();
        for (int start = 0; start < end; start += tile.length) {
            int length = Math.min(tile.length, end - start);
            x.get(start, tile, 0, length);
            for (int row = 0; row < length; row += columns) {
                Rows.add(tile, row, columns, -Rows.greatest(tile, row, columns));
            }
            exponential.apply(tile, length);
            for (int row = 0; row < length; row += columns) {
                Rows.multiply(tile, row, columns, 1 / Rows.sum(tile, row, columns));
            }
            x.put(start, tile, 0, length);
        }
    }
}
