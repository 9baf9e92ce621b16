package org.spactor.cuda.kernel;

import java.util.ArrayList;
import java.util.List;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Shape;

/** The inputs of an instruction, each with its elements one behind the other: copied into scratch where they are not. */
final class Contiguous {
    private static final int AS_IT_IS = -1;

    private final List<View> inputs = new ArrayList<>();
    private final List<Kernel.Work> copies = new ArrayList<>();
    private final int[] pieces;
    private final ProgramMemory.Scratch scratch;

    Contiguous(Instruction instruction, ProgramMemory memory) {
        this.pieces = new int[instruction.inputs().size()];
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < pieces.length; i++) {
            Operand input = instruction.input(i);
            inputs.add(View.of(input, memory));
            pieces[i] = input.isContiguous() ? AS_IT_IS : sizes.size();
            if (!input.isContiguous()) {
                sizes.add(input.elements() * input.buffer().type().bytes());
            }
        }
        this.scratch = memory.scratch(sizes.stream().mapToLong(Long::longValue).toArray());
        for (int i = 0; i < pieces.length; i++) {
            if (pieces[i] != AS_IT_IS) {
                int input = i;
                long[] strides = Shape.contiguousStrides(inputs.get(i).shape());
                copies.add(inputs.get(i).copyTo(strides, () -> address(input), memory));
            }
        }
    }

    /** Copies what has to be copied. */
    void enqueue(boolean accumulates) {
        copies.forEach(copy -> copy.enqueue(accumulates));
    }

    /** Where an input is, once it is copied. */
    long address(int input) {
        return pieces[input] == AS_IT_IS ? inputs.get(input).address() : scratch.address(pieces[input]);
    }
}
