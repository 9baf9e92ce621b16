package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Adds rows to the rows of a table that ids name, in some of the columns. */
final class RowAddition implements Runnable {
    private final FloatBuffer table;
    private final IntBuffer ids;
    private final FloatBuffer rows;
    private final int columns;
    private final Slice share;
    private final float[] sum;
    private final float[] row;

    RowAddition(FloatBuffer table, IntBuffer ids, FloatBuffer rows, int columns, Slice share) {
        this.table = table;
        this.ids = ids;
        this.rows = rows;
        this.columns = columns;
        this.share = share;
        this.sum = new float[share.length()];
        this.row = new float[share.length()];
    }

    @Override
    public void run() {
        int length = share.length();
        for (int i = 0; i < ids.limit(); i++) {
            int place = ids.get(i) * columns + share.from();
            table.get(place, sum, 0, length);
            rows.get(i * columns + share.from(), row, 0, length);
            Rows.add(sum, 0, row, 0, length);
            table.put(place, sum, 0, length);
        }
    }
}
