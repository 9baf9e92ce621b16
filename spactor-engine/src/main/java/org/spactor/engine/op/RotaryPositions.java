package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/**
 * Rotary position embedding: [B, T, heads · d] → the same shape. In each head, the pair (x_i, x_{i + d/2}) at place t of its
 * sequence is turned by the angle t · base^(−2i/d). The gradient is the turn back.
 *
 * <p>Source: Su et al., <i>RoFormer: enhanced transformer with rotary position embedding</i>, 2021, section 3.2.2, with
 * the halves of a head as pairs, as GPT-NeoX has them.
 */
public final class RotaryPositions extends EngineOp {
    private static final int FORWARD = 1;

    /** For SameDiff's cloning. */
    public RotaryPositions() {}

    /** Declares the operation. */
    public RotaryPositions(SameDiff graph, SDVariable x, int heads, double base) {
        this(graph, x, heads, base, FORWARD);
    }

    private RotaryPositions(SameDiff graph, SDVariable x, int heads, double base, int direction) {
        super(graph, x);
        addIArgument(heads, direction);
        addTArgument(base);
    }

    @Override
    public String kind() {
        return Kinds.ROTARY_POSITIONS;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("x").writes("y");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        long heads = iArguments.get(0);
        require(heads >= 1, "there must be at least 1 head, not " + heads);
        require(inputs[0].length == 3, "rotary positions are for [B, T, heads · d]");
        require(
                inputs[0][2] % (2 * heads) == 0,
                "a width of " + inputs[0][2] + " cannot be divided into " + heads + " heads of even width");
        return new long[][] {inputs[0]};
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE
                .with("heads", iArguments.get(0))
                .with("direction", iArguments.get(1))
                .with("base", tArguments.get(0));
    }

    @Override
    public Traits traits() {
        return Traits.NONE.withInPlace(0, 0);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        int heads = Math.toIntExact(iArguments.get(0));
        int back = -Math.toIntExact(iArguments.get(1));
        return List.of(new RotaryPositions(sameDiff, gradients.get(0), heads, tArguments.get(0), back).output());
    }
}
