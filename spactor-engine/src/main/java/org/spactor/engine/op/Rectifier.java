package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** max(x, 0), of the same shape. */
public final class Rectifier extends EngineOp {
    /** For SameDiff's cloning. */
    public Rectifier() {}

    /** Declares the operation. */
    public Rectifier(SameDiff graph, SDVariable x) {
        super(graph, x);
    }

    @Override
    public String kind() {
        return Kinds.RECTIFIER;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x").writes("y");
    }

    @Override
    public Traits traits() {
        return Traits.NONE.withInPlace(0, 0);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(new Gradient(sameDiff, output(), gradients.get(0)).output());
    }

    /** (y, gradient) → the gradient where y is above 0, else 0. */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable y, SDVariable gradient) {
            super(graph, y, gradient);
        }

        @Override
        public String kind() {
            return Kinds.RECTIFIER_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("y", "gradient").writes("x-gradient");
        }
    }
}
