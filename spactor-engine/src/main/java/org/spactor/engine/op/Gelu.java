package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** gelu(x) = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), of the same shape. Hendrycks and Gimpel, 2016. */
public final class Gelu extends EngineOp {
    /** For SameDiff's cloning. */
    public Gelu() {}

    /** Declares the operation. */
    public Gelu(SameDiff graph, SDVariable x) {
        super(graph, x);
    }

    @Override
    public String kind() {
        return Kinds.GELU;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x").writes("y");
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(new Gradient(sameDiff, arg(0), gradients.get(0)).output());
    }

    /** (x, gradient) → gradient ⊙ gelu'(x). */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable x, SDVariable gradient) {
            super(graph, x, gradient);
        }

        @Override
        public String kind() {
            return Kinds.GELU_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("x", "gradient").writes("x-gradient");
        }
    }
}
