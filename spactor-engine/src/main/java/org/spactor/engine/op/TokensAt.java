package org.spactor.engine.op;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/** Tokens at positions: (tokens [B, T], positions [B, M]) → [B, M]; a position of −1 gives −1. */
public final class TokensAt extends EngineOp {
    /** For SameDiff's cloning. */
    public TokensAt() {}

    /** Declares the operation. */
    public TokensAt(SameDiff graph, SDVariable tokens, SDVariable positions) {
        super(graph, tokens, positions);
    }

    @Override
    public String kind() {
        return Kinds.TOKENS_AT;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("tokens", "positions").writes("chosen");
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
        return new long[][] {inputs[1]};
    }
}
