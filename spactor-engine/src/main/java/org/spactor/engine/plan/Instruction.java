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
 * @param names what inputs and outputs are called, or {@link OperandNames#NONE}
 */
public record Instruction(
        String kind,
        String name,
        List<Operand> inputs,
        List<Operand> outputs,
        Attributes attributes,
        long flops,
        OperandNames names) {
    public Instruction {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        boolean named = !names.equals(OperandNames.NONE);
        if (named && (names.inputs().size() != inputs.size() || names.outputs().size() != outputs.size())) {
            throw new IllegalArgumentException(
                    kind + " '" + name + "' has the operands " + inputs + " -> " + outputs + " of the names " + names);
        }
    }

    /** An instruction whose operands have no names. */
    public Instruction(
            String kind, String name, List<Operand> inputs, List<Operand> outputs, Attributes attributes, long flops) {
        this(kind, name, inputs, outputs, attributes, flops, OperandNames.NONE);
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

    /** Whether there is an input of a name. */
    public boolean reads(String input) {
        return names.inputs().contains(input);
    }

    /** Whether there is an output of a name. */
    public boolean writes(String output) {
        return names.outputs().contains(output);
    }

    /**
     * An input's tensor.
     *
     * @throws IllegalArgumentException if no input has this name
     */
    public Operand input(String input) {
        return inputs.get(place(input, names.inputs()));
    }

    /**
     * An output's tensor.
     *
     * @throws IllegalArgumentException if no output has this name
     */
    public Operand output(String output) {
        return outputs.get(place(output, names.outputs()));
    }

    private int place(String operand, List<String> known) {
        int place = known.indexOf(operand);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "no operand '" + operand + "' among " + known + " of " + kind + " '" + name + "'");
        }
        return place;
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
