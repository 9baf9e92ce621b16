package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/** (x [], weight []) → x · weight []; no gradient flows to the weight, which is an input of the plan. */
public final class Weigh extends EngineOp {
    /** For SameDiff's cloning. */
    public Weigh() {}

    /** Declares the operation. */
    public Weigh(SameDiff graph, SDVariable x, SDVariable weight) {
        super(graph, x, weight);
    }

    @Override
    public String kind() {
        return Kinds.WEIGH;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x", "weight").writes("y");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(
                Shape.elements(inputs[0]) == 1 && Shape.elements(inputs[1]) == 1,
                "x and weight must be single numbers");
        return new long[][] {inputs[0]};
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(new Weigh(sameDiff, gradients.get(0), arg(1)).output());
    }
}
