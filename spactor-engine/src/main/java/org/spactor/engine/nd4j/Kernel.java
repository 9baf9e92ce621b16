package org.spactor.engine.nd4j;

import org.spactor.engine.plan.Instruction;

/** How a kind of instruction is done on this backend. */
@FunctionalInterface
interface Kernel {
    /** Prepares one instruction. */
    Step prepare(Instruction instruction, Nd4jMemory memory);
}
