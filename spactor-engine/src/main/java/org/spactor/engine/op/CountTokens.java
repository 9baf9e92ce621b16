package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** (labels [...]) → [] the number of labels that differ from the ignored one. */
public final class CountTokens extends EngineOp {
    /** For SameDiff's cloning. */
    public CountTokens() {}

    /** Declares the operation. */
    public CountTokens(SameDiff graph, SDVariable labels, int ignored) {
        super(graph, labels);
        addIArgument(ignored);
    }

    @Override
    public String kind() {
        return Kinds.COUNT_TOKENS;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("labels").writes("count");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
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
