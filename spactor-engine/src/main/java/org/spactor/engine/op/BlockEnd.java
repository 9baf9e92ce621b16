package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** The same values, marked as the end of a block for recomputation. */
public final class BlockEnd extends EngineOp {
    /** For SameDiff's cloning. */
    public BlockEnd() {}

    /** Declares the operation. */
    public BlockEnd(SameDiff graph, SDVariable x) {
        super(graph, x);
    }

    @Override
    public String kind() {
        return Kinds.BLOCK_END;
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
        return List.of(sameDiff.identity(gradients.get(0)));
    }
}
