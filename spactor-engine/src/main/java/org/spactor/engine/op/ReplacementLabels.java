package org.spactor.engine.op;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/**
 * (original [B, T], replaced [B, T]) → 1 where the two differ, 0 where they are equal, −1 where the original is among the
 * excluded ids.
 */
public final class ReplacementLabels extends EngineOp {
    /** For SameDiff's cloning. */
    public ReplacementLabels() {}

    /** Declares the operation. */
    public ReplacementLabels(SameDiff graph, SDVariable original, SDVariable replaced, int... excluded) {
        super(graph, original, replaced);
        addIArgument(excluded);
    }

    @Override
    public String kind() {
        return Kinds.REPLACEMENT_LABELS;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("original", "replaced").writes("labels");
    }

    @Override
    protected ElementType[] outputTypes() {
        return new ElementType[] {ElementType.INT32};
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(Arrays.equals(inputs[0], inputs[1]), "original and replaced must have the same shape");
        return new long[][] {inputs[0]};
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE.with("excluded", iArgs());
    }
}
