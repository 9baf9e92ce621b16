package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** (logits [..., V], labels [...]) → [] the number of labels, other than the ignored one, whose logit is the greatest. */
public final class CorrectPredictions extends EngineOp {
    /** For SameDiff's cloning. */
    public CorrectPredictions() {}

    /** Declares the operation. */
    public CorrectPredictions(SameDiff graph, SDVariable logits, SDVariable labels, int ignored) {
        super(graph, logits, labels);
        addIArgument(ignored);
    }

    @Override
    public String kind() {
        return Kinds.CORRECT_PREDICTIONS;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("logits", "labels").writes("count");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        requireLabels(inputs[0], inputs[1]);
        return new long[][] {{}};
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE.with("ignored", iArguments.get(0));
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return noGradients();
    }
}
