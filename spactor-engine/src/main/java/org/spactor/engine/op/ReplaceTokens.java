package org.spactor.engine.op;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/**
 * (tokens [B, T], positions [B, M], values [B, M]) → the tokens with the values at the positions; a position of −1 changes
 * nothing.
 */
public final class ReplaceTokens extends EngineOp {
    /** For SameDiff's cloning. */
    public ReplaceTokens() {}

    /** Declares the operation. */
    public ReplaceTokens(SameDiff graph, SDVariable tokens, SDVariable positions, SDVariable values) {
        super(graph, tokens, positions, values);
    }

    @Override
    public String kind() {
        return Kinds.REPLACE_TOKENS;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("tokens", "positions", "values").writes("replaced");
    }

    @Override
    protected ElementType[] outputTypes() {
        return new ElementType[] {ElementType.INT32};
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(
                inputs[0].length == 2 && inputs[1].length == 2 && inputs[0][0] == inputs[1][0],
                "tokens must be [B, T] and positions [B, M]");
        require(Arrays.equals(inputs[1], inputs[2]), "positions and values must have the same shape");
        return new long[][] {inputs[0]};
    }
}
