package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/**
 * (logits, labels) → [] the sum of max(x, 0) − x·label + log(1 + exp(−|x|)) over the labels that are 0 or 1, in nats.
 */
public final class SigmoidCrossEntropy extends EngineOp {
    /** For SameDiff's cloning. */
    public SigmoidCrossEntropy() {}

    /** Declares the operation. */
    public SigmoidCrossEntropy(SameDiff graph, SDVariable logits, SDVariable labels) {
        super(graph, logits, labels);
    }

    @Override
    public String kind() {
        return Kinds.SIGMOID_CROSS_ENTROPY;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("logits", "labels").writes("sum");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(Shape.elements(inputs[0]) == Shape.elements(inputs[1]), "there must be one label for each logit");
        return new long[][] {{}};
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(new Gradient(sameDiff, arg(0), arg(1), gradients.get(0)).output());
    }

    /** (logits, labels, gradient []) → gradient · (σ(x) − label), 0 where the label is ignored. */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable logits, SDVariable labels, SDVariable gradient) {
            super(graph, logits, labels, gradient);
        }

        @Override
        public String kind() {
            return Kinds.SIGMOID_CROSS_ENTROPY_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("logits", "labels", "gradient").writes("logits-gradient");
        }
    }
}
