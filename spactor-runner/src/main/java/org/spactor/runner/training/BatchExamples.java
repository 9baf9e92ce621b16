package org.spactor.runner.training;

import org.spactor.api.corruption.Feature;
import org.spactor.data.Batch;
import org.spactor.engine.train.Examples;

/** A batch of the data module as the engine sees it. */
public record BatchExamples(Batch batch) implements Examples {
    @Override
    public int batchSize() {
        return batch.batchSize();
    }

    @Override
    public int[] feature(Feature feature) {
        return batch.feature(feature);
    }

    @Override
    public Examples slice(int from, int to) {
        return new BatchExamples(batch.slice(from, to));
    }
}
