package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/** Rows of a table: (table [V, d], ids [...]) → [..., d]. */
public final class Embedding extends EngineOp {
    /** For SameDiff's cloning. */
    public Embedding() {}

    /** Declares the operation. */
    public Embedding(SameDiff graph, SDVariable table, SDVariable ids) {
        super(graph, table, ids);
    }

    @Override
    public String kind() {
        return Kinds.EMBEDDING;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("table", "ids").writes("rows");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(inputs[0].length == 2, "the table must be [V, d]");
        return new long[][] {Shape.append(inputs[1], inputs[0][1])};
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(new Gradient(sameDiff, arg(0), arg(1), gradients.get(0)).output());
    }

    /** (table, ids, gradient [..., d]) → gradient of the table: for each row the sum over the places that took it. */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable table, SDVariable ids, SDVariable gradient) {
            super(graph, table, ids, gradient);
        }

        @Override
        public String kind() {
            return Kinds.EMBEDDING_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("table", "ids", "gradient").writes("table-gradient");
        }

        @Override
        public Traits traits() {
            return Traits.NONE.withAddend().withAccumulating(0);
        }
    }
}
