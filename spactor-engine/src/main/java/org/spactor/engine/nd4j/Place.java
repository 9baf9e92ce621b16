package org.spactor.engine.nd4j;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.dnnl.primitive;

/**
 * Where a step is done: in the memory of an instance of a plan, by one of its threads.
 *
 * @param memory the instance's memory
 * @param thread number of the thread, from 0
 */
record Place(Nd4jMemory memory, int thread) {
    /** The primitive with this description, which is made if this thread has none yet. */
    primitive primitive(List<Object> description, Supplier<primitive> factory) {
        return memory.primitive(List.of(thread, description), factory);
    }

    /** Closes a step together with the memory. */
    Step closing(OneDnnStep step) {
        return memory.closing(step);
    }
}
