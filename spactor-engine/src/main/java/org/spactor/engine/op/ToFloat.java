package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** Whole numbers as floating-point numbers, of the same shape. No gradient flows. */
public final class ToFloat extends EngineOp {
    /** For SameDiff's cloning. */
    public ToFloat() {}

    /** Declares the operation. */
    public ToFloat(SameDiff graph, SDVariable x) {
        super(graph, x);
    }

    @Override
    public String kind() {
        return Kinds.TO_FLOAT;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x").writes("y");
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return noGradients();
    }
}
