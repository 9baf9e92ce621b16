package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/**
 * (logits, labels) → ([] right answers, [] answers yes that are right, [] answers yes, [] labels yes). A logit above 0 is
 * the answer yes; labels other than 0 and 1 are ignored.
 */
public final class Detections extends EngineOp {
    /** For SameDiff's cloning. */
    public Detections() {}

    /** Declares the operation. */
    public Detections(SameDiff graph, SDVariable logits, SDVariable labels) {
        super(graph, logits, labels);
    }

    @Override
    public String kind() {
        return Kinds.DETECTIONS;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("logits", "labels").writes("right", "right-yes", "answered-yes", "labelled-yes");
    }

    @Override
    protected ElementType[] outputTypes() {
        return new ElementType[] {ElementType.FLOAT32, ElementType.FLOAT32, ElementType.FLOAT32, ElementType.FLOAT32};
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(Shape.elements(inputs[0]) == Shape.elements(inputs[1]), "there must be one label for each logit");
        return new long[][] {{}, {}, {}, {}};
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return noGradients();
    }
}
