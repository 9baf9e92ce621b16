package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Relation;
import org.spactor.engine.plan.Shape;

/**
 * (x, y) or (x) and a number → INT of 1 where the relation holds and 0 elsewhere. The operands are both FLOAT or both INT,
 * and stretched to each other; a number is rounded to float32 if x is FLOAT. No gradient flows.
 */
public final class Compare extends EngineOp {
    /** For SameDiff's cloning. */
    public Compare() {}

    /** Declares a comparison of two operands. */
    public Compare(SameDiff graph, SDVariable x, SDVariable y, Relation relation) {
        super(graph, x, y);
        addIArgument(relation.ordinal());
    }

    /** Declares a comparison with a number. */
    public Compare(SameDiff graph, SDVariable x, double number, Relation relation) {
        super(graph, x);
        addIArgument(relation.ordinal());
        addTArgument(x.dataType().isFPType() ? (float) number : number);
    }

    @Override
    public String kind() {
        return Kinds.COMPARE;
    }

    @Override
    public OperandNames operandNames() {
        return (tArguments.isEmpty() ? OperandNames.reads("x", "y") : OperandNames.reads("x")).writes("result");
    }

    @Override
    protected ElementType[] outputTypes() {
        return new ElementType[] {ElementType.INT32};
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        return new long[][] {inputs.length == 1 ? inputs[0] : Shape.broadcast(inputs[0], inputs[1])};
    }

    @Override
    public Attributes attributes() {
        Attributes relation = Attributes.NONE.with(Relation.RELATION, iArguments.get(0));
        return tArguments.isEmpty() ? relation : relation.with(Relation.NUMBER, tArguments.get(0));
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return noGradients();
    }
}
