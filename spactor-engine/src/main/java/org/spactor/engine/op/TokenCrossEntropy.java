package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/**
 * (logits [..., V], labels [...]) → ([...] −log softmax(logits)[label] in nats, 0 where the label is ignored; the softmax
 * [..., V]).
 */
public final class TokenCrossEntropy extends EngineOp {
    /** For SameDiff's cloning. */
    public TokenCrossEntropy() {}

    /** Declares the operation. */
    public TokenCrossEntropy(SameDiff graph, SDVariable logits, SDVariable labels, int ignored) {
        super(graph, logits, labels);
        addIArgument(ignored);
    }

    @Override
    public String kind() {
        return Kinds.TOKEN_CROSS_ENTROPY;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("logits", "labels").writes("losses", "softmax");
    }

    @Override
    protected ElementType[] outputTypes() {
        return new ElementType[] {ElementType.FLOAT32, ElementType.FLOAT32};
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        requireLabels(inputs[0], inputs[1]);
        return new long[][] {inputs[1], inputs[0]};
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE.with("ignored", iArguments.get(0));
    }

    @Override
    public Traits traits() {
        return Traits.NONE.withInPlace(1, 0);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        SDVariable softmax = outputVariables()[1];
        int ignored = Math.toIntExact(iArguments.get(0));
        return List.of(new Gradient(sameDiff, softmax, arg(1), gradients.get(0), ignored).output());
    }

    /** (softmax [..., V], labels [...], gradient [...]) → gradient · (softmax − [label]), 0 where the label is ignored. */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable softmax, SDVariable labels, SDVariable gradient, int ignored) {
            super(graph, softmax, labels, gradient);
            addIArgument(ignored);
        }

        @Override
        public String kind() {
            return Kinds.TOKEN_CROSS_ENTROPY_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("softmax", "labels", "gradient").writes("logits-gradient");
        }

        @Override
        public Attributes attributes() {
            return Attributes.NONE.with("ignored", iArguments.get(0));
        }

        @Override
        public Traits traits() {
            return Traits.NONE.withInPlace(0, 0);
        }
    }
}
