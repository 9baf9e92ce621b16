package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** x itself, through which no gradient flows. */
public final class StopGradient extends EngineOp {
    /** For SameDiff's cloning. */
    public StopGradient() {}

    /** Declares the operation. */
    public StopGradient(SameDiff graph, SDVariable x) {
        super(graph, x);
    }

    @Override
    public String kind() {
        return Kinds.STOP_GRADIENT;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x").writes("y");
    }

    @Override
    public Traits traits() {
        return Traits.NONE.withView(Traits.View.RESHAPE);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        // zeros rather than nothing: SameDiff fails if a variable on a loss's path gets no gradient at all
        return List.of(noGradient(arg(0)));
    }
}
