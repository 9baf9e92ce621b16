package org.spactor.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.OperandNames;

/** What an instruction adds to its first result: its last input, if its attribute says so. */
final class Addend {
    private Addend() {}

    /** The addend as a matrix; it may be the result's own memory; null if there is none. */
    static INDArray of(Instruction instruction, Nd4jMemory memory) {
        if (!instruction.adds()) {
            return null;
        }
        return memory.matrix(instruction.input(OperandNames.ADDEND));
    }
}
