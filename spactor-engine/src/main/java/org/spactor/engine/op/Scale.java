package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** x · factor, of the same shape; the factor is fixed. */
public final class Scale extends EngineOp {
    /** For SameDiff's cloning. */
    public Scale() {}

    /** Declares the operation. */
    public Scale(SameDiff graph, SDVariable x, double factor) {
        super(graph, x);
        addTArgument(factor);
    }

    @Override
    public String kind() {
        return Kinds.SCALE;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x").writes("y");
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE.with("factor", tArguments.get(0));
    }

    @Override
    public Traits traits() {
        return Traits.NONE.withInPlace(0, 0);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(new Scale(sameDiff, gradients.get(0), tArguments.get(0)).output());
    }
}
