package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/** Dense layer without bias: (x [..., in], weight [out, in]) → x · weightᵀ [..., out]. */
public final class Linear extends EngineOp {
    /** For SameDiff's cloning. */
    public Linear() {}

    /** Declares the operation. */
    public Linear(SameDiff graph, SDVariable x, SDVariable weight) {
        super(graph, x, weight);
    }

    @Override
    public String kind() {
        return Kinds.LINEAR;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x", "weight").writes("y");
    }

    @Override
    public Traits traits() {
        return Traits.NONE.withOperands(0, 1).withProducts(0).withAddend();
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(inputs[1].length == 2, "the weight must be [out, in]");
        require(inputs[0].length > 0 && Shape.columns(inputs[0]) == inputs[1][1], "x must be [..., in]");
        return new long[][] {Shape.withColumns(inputs[0], inputs[1][0])};
    }

    @Override
    public long flops(long[][] inputs, long[][] outputs) {
        return productFlops(inputs[0], inputs[1]);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        SDVariable gradient = gradients.get(0);
        return List.of(
                new InputGradient(sameDiff, gradient, arg(1)).output(),
                new WeightGradient(sameDiff, gradient, arg(0)).output());
    }

    private static long productFlops(long[] rows, long[] weight) {
        return 2 * Shape.rows(rows) * weight[0] * weight[1];
    }

    /** (gradient [..., out], weight [out, in]) → gradient · weight [..., in]. */
    public static final class InputGradient extends EngineOp {
        /** For SameDiff's cloning. */
        public InputGradient() {}

        InputGradient(SameDiff graph, SDVariable gradient, SDVariable weight) {
            super(graph, gradient, weight);
        }

        @Override
        public String kind() {
            return Kinds.LINEAR_INPUT_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("gradient", "weight").writes("x-gradient");
        }

        @Override
        public Traits traits() {
            return Traits.NONE.withOperands(0, 1).withProducts(0).withAddend();
        }

        @Override
        public long[][] outputShapes(long[][] inputs) {
            return new long[][] {Shape.withColumns(inputs[0], inputs[1][1])};
        }

        @Override
        public long flops(long[][] inputs, long[][] outputs) {
            return productFlops(inputs[0], inputs[1]);
        }
    }

    /** (gradient [..., out], x [..., in]) → gradientᵀ · x [out, in]. */
    public static final class WeightGradient extends EngineOp {
        /** For SameDiff's cloning. */
        public WeightGradient() {}

        WeightGradient(SameDiff graph, SDVariable gradient, SDVariable x) {
            super(graph, gradient, x);
        }

        @Override
        public String kind() {
            return Kinds.LINEAR_WEIGHT_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("gradient", "x").writes("weight-gradient");
        }

        @Override
        public Traits traits() {
            return Traits.NONE.withOperands(0, 1).withAddend().withAccumulating(0);
        }

        @Override
        public long[][] outputShapes(long[][] inputs) {
            return new long[][] {{Shape.columns(inputs[0]), Shape.columns(inputs[1])}};
        }

        @Override
        public long flops(long[][] inputs, long[][] outputs) {
            return productFlops(inputs[0], outputs[0]);
        }
    }
}
