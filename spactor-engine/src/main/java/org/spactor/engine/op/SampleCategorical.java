package org.spactor.engine.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.RandomNumbers;
import org.spactor.engine.plan.Shape;

/**
 * One id for each row, drawn from softmax(logits / temperature): (logits [..., V], key [1] INT64) → (ids [...], scratch of
 * the shape of the logits). No gradient flows.
 *
 * <p>Row i takes the smallest id whose cumulative probability exceeds {@link RandomNumbers#uniform}(key, salt, i).
 */
public final class SampleCategorical extends EngineOp {
    /** For SameDiff's cloning. */
    public SampleCategorical() {}

    /** Declares the operation. */
    public SampleCategorical(SameDiff graph, SDVariable logits, SDVariable key, double temperature, long salt) {
        super(graph, logits, key);
        addTArgument(temperature);
        addIArgument(salt);
    }

    @Override
    public String kind() {
        return Kinds.SAMPLE_CATEGORICAL;
    }

    @Override
    public OperandNames operandNames() {
        return OperandNames.reads("logits", "random-key").writes("ids", "scratch");
    }

    @Override
    protected ElementType[] outputTypes() {
        return new ElementType[] {ElementType.INT32, ElementType.FLOAT32};
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        require(inputs[0].length > 0, "logits must be [..., V]");
        return new long[][] {Shape.withoutColumns(inputs[0]), inputs[0]};
    }

    @Override
    public Attributes attributes() {
        return Attributes.NONE.with("temperature", tArguments.get(0)).with("salt", iArguments.get(0));
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        return List.of(sameDiff.zerosLike(arg(0)));
    }
}
