package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/** log Σ exp(x) over the last side: (x [..., V]) → [...]. The greatest element is taken out first, so that nothing overflows. */
public final class LogSumExp extends EngineOp {
    /** For SameDiff's cloning. */
    public LogSumExp() {}

    /** Declares the operation. */
    public LogSumExp(SameDiff graph, SDVariable x) {
        super(graph, x);
    }

    @Override
    public String kind() {
        return Kinds.LOG_SUM_EXP;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x").writes("logarithm");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(inputs[0].length > 0, "x must have a last side to sum over");
        return new long[][] {Shape.withoutColumns(inputs[0])};
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(new Gradient(sameDiff, arg(0), outputVariables()[0], gradients.get(0)).output());
    }

    /** (x [..., V], log Σ exp(x) [...], gradient [...]) → gradient · exp(x − log Σ exp(x)). */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable x, SDVariable logarithm, SDVariable gradient) {
            super(graph, x, logarithm, gradient);
        }

        @Override
        public String kind() {
            return Kinds.LOG_SUM_EXP_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("x", "logarithm", "gradient").writes("x-gradient");
        }

        @Override
        public Traits traits() {
            return Traits.NONE.withInPlace(0, 0);
        }
    }
}
