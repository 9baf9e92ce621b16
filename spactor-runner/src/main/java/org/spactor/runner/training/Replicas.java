package org.spactor.runner.training;

import org.spactor.runner.configuration.TrainingSettings;
import org.spactor.runner.device.DeviceName;

/** How many replicas a run has. */
final class Replicas {
    private Replicas() {}

    /**
     * The number asked for, or as many as there are cores among those that divide the batch; one on a card, and if what
     * is learnt from an example depends on the others that a replica has.
     *
     * @param comparesExamples whether what is learnt from an example depends on the others
     * @throws TrainingException if the number asked for does not divide the batch, or is above 1 on a card
     */
    static int count(TrainingSettings settings, boolean comparesExamples) {
        int microBatch = settings.batchSize() / settings.accumulation();
        if (settings.batchSize() % settings.accumulation() != 0) {
            throw new TrainingException("training.batch-size " + settings.batchSize()
                    + " is not a multiple of training.accumulation " + settings.accumulation());
        }
        if (settings.replicaCount().isPresent()) {
            int replicas = settings.replicaCount().getAsInt();
            if (replicas > 1 && settings.deviceName() instanceof DeviceName.Cuda) {
                throw new TrainingException("training.replicas " + replicas + " on " + settings.device()
                        + ": a card trains one replica; leave training.replicas at auto");
            }
            if (microBatch % replicas != 0) {
                throw new TrainingException("training.replicas " + replicas + " does not divide the " + microBatch
                        + " examples of a micro-batch (training.batch-size / training.accumulation)");
            }
            return replicas;
        }
        if (comparesExamples || settings.deviceName() instanceof DeviceName.Cuda) {
            return 1;
        }
        int replicas = Math.min(Runtime.getRuntime().availableProcessors(), microBatch);
        while (microBatch % replicas != 0) {
            replicas--;
        }
        return replicas;
    }
}
