package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** (labels) → [] the number of labels that are 0 or 1. */
public final class CountAnswers extends EngineOp {
    /** For SameDiff's cloning. */
    public CountAnswers() {}

    /** Declares the operation. */
    public CountAnswers(SameDiff graph, SDVariable labels) {
        super(graph, labels);
    }

    @Override
    public String kind() {
        return Kinds.COUNT_ANSWERS;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("labels").writes("count");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        return new long[][] {{}};
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return noGradients();
    }
}
