package org.spactor.engine.train;

import java.util.Collection;
import org.spactor.engine.backend.DeviceTensor;

/**
 * How what the processes compute that train one model together, each on its part of every batch, becomes one. All of them
 * make the same calls in the same order; sums are taken in the order of the ranks, so that each gets the same bits. Within
 * a process the replicas' gradients are summed before.
 */
public interface Reducer {
    /** Number of this process, from 0. */
    int rank();

    /** Number of processes. */
    int size();

    /** Replaces numbers by their sums over all processes. */
    void sum(double[] numbers);

    /** Replaces the elements of float32 tensors by their sums over all processes. */
    void sum(Collection<DeviceTensor> tensors);

    /** A process that trains alone. */
    static Reducer alone() {
        return new Alone();
    }

    /** A process that trains alone. */
    record Alone() implements Reducer {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void sum(double[] numbers) {
            // the numbers are the sums
        }

        @Override
        public void sum(Collection<DeviceTensor> tensors) {
            // the tensors are the sums
        }
    }
}
