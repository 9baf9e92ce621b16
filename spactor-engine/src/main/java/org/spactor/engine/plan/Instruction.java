package org.spactor.engine.plan;

import java.util.List;

/**
 * One operation of a plan.
 *
 * @param kind what is done, for instance {@code rms-norm} or {@code stock:add}
 * @param name place in the graph it comes from, for error messages and profiles
 * @param inputs tensors read
 * @param outputs tensors written, completely; an output may share its memory with an input where the kind allows it
 * @param attributes settings
 * @param flops floating-point operations in matrix products: 2·m·k·n for each
 */
public record Instruction(
        String kind, String name, List<Operand> inputs, List<Operand> outputs, Attributes attributes, long flops) {
    public Instruction {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Attribute of an instruction whose last input is added to its first output, and may be the same memory. */
    public static final String ADDS = "adds";

    /**
     * Attribute of an instruction that, in a run that accumulates, adds the gradient of a parameter to what its output
     * holds from the run before.
     */
    public static final String ACCUMULATES = "accumulates";

    /** Whether a gradient is added to what is there, in a run that accumulates. */
    public boolean accumulates() {
        return attributes.values().containsKey(ACCUMULATES);
    }

    /** Whether the last input is added to the first output. */
    public boolean adds() {
        return attributes.values().containsKey(ADDS);
    }

    /** An input's tensor. */
    public Operand input(int index) {
        return inputs.get(index);
    }

    /** An output's tensor. */
    public Operand output(int index) {
        return outputs.get(index);
    }

    @Override
    public String toString() {
        return kind + " '" + name + "' " + inputs + " -> " + outputs;
    }
}
