package org.spactor.engine.op;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Shape;

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
        return "correct-predictions";
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(Shape.rows(inputs[0]) == Shape.elements(inputs[1]), "labels must have the leading shape of the logits");
        return new long[][] {{}};
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE.with("ignored", iArguments.get(0));
    }
}
