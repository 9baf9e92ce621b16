package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.util.function.LongSupplier;
import org.spactor.engine.plan.RandomNumbers;

/** Keeps or drops elements by random numbers that depend on the element's number alone. */
final class DropoutElements implements Runnable {
    private final FloatBuffer x;
    private final FloatBuffer kept;
    private final LongSupplier key;
    private final double rate;
    private final long salt;
    private final long first;

    DropoutElements(FloatBuffer x, FloatBuffer kept, LongSupplier key, double rate, long salt, long first) {
        this.x = x;
        this.kept = kept;
        this.key = key;
        this.rate = rate;
        this.salt = salt;
        this.first = first;
    }

    @Override
    public void run() {
        long current = key.getAsLong();
        float scale = (float) (1 / (1 - rate));
        for (int i = 0; i < x.limit(); i++) {
            kept.put(i, RandomNumbers.keeps(current, salt, first + i, rate) ? x.get(i) * scale : 0);
        }
    }
}
