package org.spactor.engine.train;

/**
 * Settings of a {@link Trainer}.
 *
 * @param batchSize examples of a step, a multiple of accumulation × replicas
 * @param accumulation micro-batches of a step, one after the other
 * @param replicas threads, each with its own part of a micro-batch
 * @param clipNorm the greatest norm of the gradients; 0: they are not clipped
 * @param seed of the random numbers of dropout and sampling
 */
public record TrainerSettings(int batchSize, int accumulation, int replicas, double clipNorm, long seed) {
    public TrainerSettings {
        if (accumulation < 1 || replicas < 1 || batchSize < 1 || batchSize % (accumulation * replicas) != 0) {
            throw new IllegalArgumentException("a batch of " + batchSize + " examples cannot be split into "
                    + accumulation + " micro-batches for " + replicas + " replicas");
        }
    }
}
