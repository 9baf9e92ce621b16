package org.spactor.engine.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What the operands of an instruction are called.
 *
 * @param inputs names of the inputs, in their order
 * @param outputs names of the outputs, in their order
 */
public record OperandNames(List<String> inputs, List<String> outputs) {
    /** Of an instruction whose operands have no names: what moves or computes element by element. */
    public static final OperandNames NONE = new OperandNames(List.of(), List.of());

    /** Name of the input that {@link Instruction#ADDS} adds. */
    public static final String ADDEND = "addend";

    public OperandNames {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The names of what is read; the outputs have none yet. */
    public static OperandNames reads(String... inputs) {
        return new OperandNames(List.of(inputs), List.of());
    }

    /** The same with the names of what is written. */
    public OperandNames writes(String... names) {
        return new OperandNames(inputs, List.of(names));
    }

    /** The same with an addend behind the other inputs. */
    public OperandNames withAddend() {
        List<String> more = new ArrayList<>(inputs);
        more.add(ADDEND);
        return new OperandNames(more, outputs);
    }
}
