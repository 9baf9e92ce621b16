package org.spactor.engine.op;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** (tokens [B, T]) → the same moved one place to the right behind a start token, the last dropped. */
public final class ShiftRight extends EngineOp {
    /** For SameDiff's cloning. */
    public ShiftRight() {}

    /** Declares the operation. */
    public ShiftRight(SameDiff graph, SDVariable tokens, int start) {
        super(graph, tokens);
        addIArgument(start);
    }

    @Override
    public String kind() {
        return Kinds.SHIFT_RIGHT;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("tokens").writes("shifted");
    }

    @Override
    protected ElementType[] outputTypes() {
        return new ElementType[] {ElementType.INT32};
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(inputs[0].length == 2, "tokens must be [B, T]");
        return new long[][] {inputs[0]};
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE.with("start", iArguments.get(0));
    }
}
