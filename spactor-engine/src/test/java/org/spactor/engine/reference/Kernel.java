package org.spactor.engine.reference;

import java.util.List;
import org.spactor.engine.plan.Attributes;

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
     */
    record Call(List<Tensor> inputs, List<Tensor> outputs, Attributes attributes) {
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
