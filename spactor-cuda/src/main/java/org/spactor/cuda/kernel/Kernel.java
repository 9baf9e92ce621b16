package org.spactor.cuda.kernel;

import org.spactor.engine.plan.Instruction;

/** How a kind of instruction becomes work for a device. */
@FunctionalInterface
public interface Kernel {
    /**
     * Prepares an instruction: compiles what it needs, decides on grids. Enqueuing the work allocates nothing on the device
     * and waits for nothing, so that it can be recorded.
     */
    Work prepare(Instruction instruction, ProgramMemory memory);

    /** Prepared work. */
    @FunctionalInterface
    interface Work {
        /**
         * Asks the device to do it.
         *
         * @param accumulates whether the run adds the gradients of parameters to those of the run before
         */
        void enqueue(boolean accumulates);

        /** Pieces of work, one after the other. */
        static Work sequence(Work... pieces) {
            return accumulates -> {
                for (Work piece : pieces) {
                    piece.enqueue(accumulates);
                }
            };
        }
    }
}
