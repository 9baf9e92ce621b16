package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.function.LongSupplier;
import org.spactor.engine.plan.RandomNumbers;

/**
 * One id for each row, drawn from softmax(logits / temperature) by walking along the cumulative probabilities. The sum is
 * taken in double precision.
 */
final class CategoricalSampling implements Runnable {
    private final FloatBuffer logits;
    private final IntBuffer ids;
    private final LongSupplier key;
    private final long salt;
    private final float inverseTemperature;
    private final int columns;
    private final Slice share;
    private final float[] row;
    private final Exponential exponential;

    CategoricalSampling(
            FloatBuffer logits,
            IntBuffer ids,
            int columns,
            LongSupplier key,
            long salt,
            double temperature,
            Slice share) {
        this.logits = logits;
        this.ids = ids;
        this.key = key;
        this.salt = salt;
        this.inverseTemperature = (float) (1 / temperature);
        this.columns = columns;
        this.share = share;
        this.row = new float[columns];
        this.exponential = new Exponential(columns);
    }

    @Override
    public void run() {
        long current = key.getAsLong();
        for (int i = share.from(); i < share.to(); i++) {
            logits.get(i * columns, row, 0, columns);
            Rows.add(row, 0, columns, -Rows.greatest(row, 0, columns));
            Rows.multiply(row, 0, columns, inverseTemperature);
            exponential.apply(row, columns);
            ids.put(i, walk(RandomNumbers.uniform(current, salt, i)));
        }
    }

    /** The smallest id whose cumulative weight exceeds a share of the whole. */
    private int walk(double share) {
        double total = 0;
        for (float weight : row) {
            total += weight;
        }
        double wanted = share * total;
        double cumulative = row[0];
        int id = 0;
        while (cumulative <= wanted && id < columns - 1) {
            id++;
            cumulative += row[id];
        }
        return id;
    }
}
