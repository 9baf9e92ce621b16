package org.spactor.engine.reference;

import java.util.List;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.OperandNames;

/** What one kind of instruction does. */
@FunctionalInterface
public interface Kernel {
    /** Reads the inputs and writes every element of the outputs. */
    void execute(Call call);

    /**
     * An instruction with its tensors.
     *
     * @param inputs tensors to read
     * @param outputs tensors to write; one may lie in an input's memory where the kind allows it, so whatever is read
     *     of that input has to be read before
     * @param attributes settings
     * @param names what inputs and outputs are called
     */
    record Call(List<Tensor> inputs, List<Tensor> outputs, Attributes attributes, OperandNames names) {
        /** A tensor to read. */
        public Tensor input(String name) {
            return inputs.get(place(name, names.inputs()));
        }

        /** A tensor to write. */
        public Tensor output(String name) {
            return outputs.get(place(name, names.outputs()));
        }

        private static int place(String name, List<String> known) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("no operand '" + name + "' among " + known);
            }
            return known.indexOf(name);
        }

        /** A tensor to read. */
        public Tensor input(int index) {
            return inputs.get(index);
        }

        /** A tensor to write. */
        public Tensor output(int index) {
            return outputs.get(index);
        }
    }
}
