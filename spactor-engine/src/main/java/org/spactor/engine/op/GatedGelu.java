package org.spactor.engine.op;

import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/**
 * gelu(gate) ⊙ value with gelu(a) = ½ a (1 + tanh(√(2/π) (a + 0.044715 a³))): (gate, value) → same shape. Shazeer, <i>GLU
 * variants improve transformer</i>, 2020; Hendrycks and Gimpel, <i>Gaussian error linear units</i>, 2016.
 */
public final class GatedGelu extends EngineOp {
    /** For SameDiff's cloning. */
    public GatedGelu() {}

    /** Declares the operation. */
    public GatedGelu(SameDiff graph, SDVariable gate, SDVariable value) {
        super(graph, gate, value);
    }

    @Override
    public String kind() {
        return Kinds.GATED_GELU;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("gate", "value").writes("y");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(Arrays.equals(inputs[0], inputs[1]), "gate and value must have the same shape");
        return new long[][] {inputs[0]};
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(new Gradient(sameDiff, arg(0), arg(1), gradients.get(0)).outputVariables());
    }

    /** (gate, value, gradient) → (gradient of the gate, gradient of the value). */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable gate, SDVariable value, SDVariable gradient) {
            super(graph, gate, value, gradient);
        }

        @Override
        public String kind() {
            return Kinds.GATED_GELU_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("gate", "value", "gradient").writes("gate-gradient", "value-gradient");
        }

        @Override
        protected ElementType[] outputTypes() {
            return new ElementType[] {ElementType.FLOAT32, ElementType.FLOAT32};
        }

        @Override
        public long[][] outputShapes(long[][] inputs) {
            return new long[][] {inputs[0], inputs[0]};
        }
    }
}
