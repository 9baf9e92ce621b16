package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** Rows at positions: (x [B, T, d], positions [B, M]) → [B, M, d]; a position of −1 gives zeros. */
public final class StatesAt extends EngineOp {
    /** For SameDiff's cloning. */
    public StatesAt() {}

    /** Declares the operation. */
    public StatesAt(SameDiff graph, SDVariable x, SDVariable positions) {
        super(graph, x, positions);
    }

    @Override
    public String kind() {
        return Kinds.STATES_AT;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x", "positions").writes("states");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(inputs[0].length == 3, "x must be [B, T, d]");
        require(inputs[1].length == 2 && inputs[1][0] == inputs[0][0], "positions must be [B, M]");
        return new long[][] {{inputs[0][0], inputs[1][1], inputs[0][2]}};
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(new Gradient(sameDiff, arg(0), arg(1), gradients.get(0)).output());
    }

    /** (x, positions, gradient [B, M, d]) → gradient of x: the rows put back where they came from, zeros elsewhere. */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable x, SDVariable positions, SDVariable gradient) {
            super(graph, x, positions, gradient);
        }

        @Override
        public String kind() {
            return Kinds.STATES_AT_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("x", "positions", "gradient").writes("x-gradient");
        }
    }
}
