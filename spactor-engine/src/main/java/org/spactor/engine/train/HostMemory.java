package org.spactor.engine.train;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The elements of row-major float32 arrays as seen by Java code. On a CPU this is the array's own memory; on another
 * device ND4J copies it over first.
 */
final class HostMemory {
    private HostMemory() {}

    /** The elements, for reading. */
    static FloatBuffer read(INDArray array) {
        Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
        return array.data().asNioFloat();
    }

    /** The elements, for reading and writing; {@link #written} has to follow. */
    static FloatBuffer write(INDArray array) {
        return read(array);
    }

    /** Says that the elements were changed through {@link #write}. */
    static void written(INDArray array) {
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    }
}
