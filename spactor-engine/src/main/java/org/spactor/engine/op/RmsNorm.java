package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/**
 * Root-mean-square normalisation: (x [..., d], weight [d]) → (y = x · r ⊙ weight, r [...]) with r = 1 / √(mean(x²) + ε);
 * Zhang and Sennrich, <i>Root mean square layer normalization</i>, 2019.
 */
public final class RmsNorm extends EngineOp {
    /** For SameDiff's cloning. */
    public RmsNorm() {}

    /** Declares the operation. */
    public RmsNorm(SameDiff graph, SDVariable x, SDVariable weight, double epsilon) {
        super(graph, x, weight);
        addTArgument(epsilon);
    }

    @Override
    public String kind() {
        return Kinds.RMS_NORM;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x", "weight").writes("y", "inverse");
    }

    @Override
    protected ElementType[] outputTypes() {
        return new ElementType[] {ElementType.FLOAT32, ElementType.FLOAT32};
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(
                inputs[0].length > 0 && inputs[1].length == 1 && inputs[1][0] == Shape.columns(inputs[0]),
                "the weight must have the length of the last side of x");
        return new long[][] {inputs[0], {Shape.rows(inputs[0])}};
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE.with("epsilon", tArguments.get(0));
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        SDVariable inverse = outputVariables()[1];
        return List.of(new Gradient(sameDiff, arg(0), arg(1), inverse, gradients.get(0)).outputVariables());
    }

    /**
     * (x, weight, r, gradient g) → (dx, dweight).
     *
     * <p>With h = g ⊙ weight: dx = r·h − x · (r³/d) · Σ(h ⊙ x), dweight = Σ over rows of g ⊙ x·r.
     */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable x, SDVariable weight, SDVariable inverse, SDVariable gradient) {
            super(graph, x, weight, inverse, gradient);
        }

        @Override
        public String kind() {
            return Kinds.RMS_NORM_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("x", "weight", "inverse", "gradient").writes("x-gradient", "weight-gradient");
        }

        @Override
        public Traits traits() {
            return Traits.NONE.withAddend().withAccumulating(1);
        }

        @Override
        protected ElementType[] outputTypes() {
            return new ElementType[] {ElementType.FLOAT32, ElementType.FLOAT32};
        }

        @Override
        public long[][] outputShapes(long[][] inputs) {
            return new long[][] {inputs[0], inputs[1]};
        }
    }
}
