package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Adds rows to the rows of a table that ids name, in some of the columns, one after the other. The table may be several
 * sequences laid one behind the other, in each of which as many ids count from its beginning; −1 names no row.
 */
final class RowAddition implements Runnable {
    private final FloatBuffer table;
    private final IntBuffer ids;
    private final FloatBuffer rows;
    private final int columns;
    private final int length;
    private final int chosen;
    private final Slice share;
    private final float[] sum;
    private final float[] row;

    /**
     * @param length rows of a sequence
     * @param chosen ids of a sequence
     */
    RowAddition(FloatBuffer table, IntBuffer ids, FloatBuffer rows, int columns, int length, int chosen, Slice share) {
        this.table = table;
        this.ids = ids;
        this.rows = rows;
        this.columns = columns;
        this.length = length;
        this.chosen = chosen;
        this.share = share;
        this.sum = new float[share.length()];
        this.row = new float[share.length()];
    }

    @Override
    public void run() {
        int width = share.length();
        for (int i = 0; i < ids.limit(); i++) {
            int id = ids.get(i);
            if (id < 0) {
                continue;
            }
            int place = (i / chosen * length + id) * columns + share.from();
            table.get(place, sum, 0, width);
            rows.get(i * columns + share.from(), row, 0, width);
            Rows.add(sum, 0, row, 0, width);
            table.put(place, sum, 0, width);
        }
    }
}
