package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/**
 * T5's relative position bias: (table [buckets, heads], query tokens [B, Tq], key tokens [B, Tk]) → [heads, Tq, Tk]; of
 * the tokens only the shapes are used. Raffel et al., <i>Exploring the limits of transfer learning</i>, 2020, section
 * 2.1.
 */
public final class RelativePositionBias extends EngineOp {
    /** For SameDiff's cloning. */
    public RelativePositionBias() {}

    /** Declares the operation. */
    public RelativePositionBias(
            SameDiff graph,
            SDVariable table,
            SDVariable queries,
            SDVariable keys,
            boolean bidirectional,
            int maxDistance) {
        super(graph, table, queries, keys);
        addBArgument(bidirectional);
        addIArgument(maxDistance);
    }

    @Override
    public String kind() {
        return Kinds.RELATIVE_POSITION_BIAS;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("table", "query-tokens", "key-tokens").writes("bias");
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(inputs[0].length == 2, "the table must be [buckets, heads]");
        require(inputs[1].length == 2 && inputs[2].length == 2, "query tokens must be [B, Tq] and key tokens [B, Tk]");
        long exact = (bArguments.get(0) ? inputs[0][0] / 2 : inputs[0][0]) / 2;
        require(exact >= 1, "there must be at least " + (bArguments.get(0) ? 4 : 2) + " buckets");
        require(
                iArguments.get(0) > exact,
                "distances below " + exact + " have buckets of their own, so that the greatest distance must be above "
                        + exact + ", but is " + iArguments.get(0));
        return new long[][] {{inputs[0][1], Shape.columns(inputs[1]), Shape.columns(inputs[2])}};
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE.with("bidirectional", bArguments.get(0)).with("max-distance", iArguments.get(0));
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        int maxDistance = Math.toIntExact(iArguments.get(0));
        return List.of(new Gradient(sameDiff, arg(0), gradients.get(0), bArguments.get(0), maxDistance).output());
    }

    /** (table, gradient [heads, Tq, Tk]) → gradient of the table [buckets, heads]. */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable table, SDVariable gradient, boolean bidirectional, int maxDistance) {
            super(graph, table, gradient);
            addBArgument(bidirectional);
            addIArgument(maxDistance);
        }

        @Override
        public String kind() {
            return Kinds.RELATIVE_POSITION_BIAS_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return OperandNames.reads("table", "gradient").writes("table-gradient");
        }

        @Override
        public Traits traits() {
            return Traits.NONE.withAccumulating(0);
        }

        @Override
        public Attributes attributes() {
            return Attributes.NONE.with("bidirectional", bArguments.get(0)).with("max-distance", iArguments.get(0));
        }
    }
}
