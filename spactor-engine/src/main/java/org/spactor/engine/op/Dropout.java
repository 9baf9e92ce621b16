package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.RandomNumbers;

/**
 * Zeroes an element with probability {@code rate} and divides the others by 1 − rate: (x, key [1] INT64) → same shape.
 *
 * <p>Whether element i is kept is a function of (key, salt, i): see {@link RandomNumbers#keeps}. So the backward pass needs
 * no stored mask: its gradient is the same operation on the gradient.
 */
public final class Dropout extends EngineOp {
    /** For SameDiff's cloning. */
    public Dropout() {}

    /**
     * Declares the operation.
     *
     * @param salt tells the dropouts of a graph apart
     */
    public Dropout(SameDiff graph, SDVariable x, SDVariable key, double rate, long salt) {
        super(graph, x, key);
        addTArgument(rate);
        addIArgument(salt);
    }

    @Override
    public String kind() {
        return Kinds.DROPOUT;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x", "random-key").writes("y");
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE.with("rate", tArguments.get(0)).with("salt", iArguments.get(0));
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(new Dropout(sameDiff, gradients.get(0), arg(1), tArguments.get(0), iArguments.get(0)).output());
    }
}
