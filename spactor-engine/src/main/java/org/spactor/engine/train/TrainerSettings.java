package org.spactor.engine.train;

/**
 * Settings of a {@link Trainer}.
 *
 * @param batchSize examples of a step, a multiple of accumulation × replicas
 * @param accumulation micro-batches of a step, one after the other
 * @param replicas instances of the plan, each with its own part of a micro-batch
 * @param threadsPerReplica threads that share the work of a replica
 * @param clipNorm the greatest norm of the gradients; 0: they are not clipped
 * @param seed of the random numbers of dropout and sampling
 */
public record TrainerSettings(
        int batchSize, int accumulation, int replicas, int threadsPerReplica, double clipNorm, long seed) {
    public TrainerSettings {
        if (accumulation < 1
                || threadsPerReplica < 1
                || replicas < 1
                || batchSize < 1
                || batchSize % (accumulation * replicas) != 0) {
            throw new IllegalArgumentException("a batch of " + batchSize + " examples cannot be split into "
                    + accumulation + " micro-batches for " + replicas + " replicas");
        }
    }

    /** Number of threads in all. */
    public int threads() {
        return replicas * threadsPerReplica;
    }
}
