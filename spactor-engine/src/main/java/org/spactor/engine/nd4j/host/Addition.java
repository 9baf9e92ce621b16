package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;

/** z ← x + y, element by element. */
final class Addition implements Runnable {
    private static final int TILE = 2048;

    private final FloatBuffer x;
    private final FloatBuffer y;
    private final FloatBuffer z;
    private final float[] left = new float[TILE];
    private final float[] right = new float[TILE];

    Addition(FloatBuffer x, FloatBuffer y, FloatBuffer z) {
        this.x = x;
        this.y = y;
        this.z = z;
    }

    @Override
    public void run() {
        int end = z.limit();
        for (int start = 0; start < end; start += TILE) {
            int length = Math.min(TILE, end - start);
            x.get(start, left, 0, length);
            y.get(start, right, 0, length);
            Rows.add(left, 0, right, 0, length);
            z.put(start, left, 0, length);
        }
    }
}
