package org.spactor.engine.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/**
 * An operation of the engine's own. SameDiff knows it as a custom op: it can stand in a graph and be differentiated, but
 * only a plan can execute it.
 *
 * <p>SameDiff clones operations by name while it differentiates, by way of the no-argument constructor and the lists of
 * integer, real and boolean arguments; all settings therefore live in these lists, and every subclass has that
 * constructor and is listed in {@link EngineOps}.
 */
public abstract class EngineOp extends DynamicCustomOp {
    private static final String PREFIX = "spactor_";

    /** For SameDiff's cloning. */
    protected EngineOp() {}

    /** Adds the operation to a graph once {@link #outputVariables()} is called. */
    protected EngineOp(SameDiff graph, SDVariable... inputs) {
        super(null, graph, inputs);
    }

    /** Name of the operation in plans: lower case, words joined by hyphens. */
    public abstract String kind();

    /** What its inputs and outputs are called, so that a kernel can ask for them by name. */
    public abstract OperandNames operandNames();

    /** Element types of the outputs. One output of float32, unless an operation says otherwise. */
    protected ElementType[] outputTypes() {
        return new ElementType[] {ElementType.FLOAT32};
    }

    /**
     * Shapes of the outputs. The shape of the first input, unless an operation says otherwise.
     *
     * @throws IllegalArgumentException if the inputs' shapes do not fit each other; the message says how
     */
    public long[][] outputShapes(long[][] inputs) {
        return new long[][] {inputs[0]};
    }

    /** The settings, by name. */
    public Attributes attributes() {
        return Attributes.NONE;
    }

    /** Floating-point operations in matrix products, given the shapes. */
    public long flops(long[][] inputs, long[][] outputs) {
        return 0;
    }

    /** What the compiler may do with it. An operation that multiplies matrices says here which operands that concerns. */
    public Traits traits() {
        return Traits.NONE;
    }

    @Override
    public final String opName() {
        return PREFIX + kind();
    }

    /** Any number that no native op has: theirs are hashes of their own names. */
    @Override
    public final long opHash() {
        return 0x5BAC_7000_0000_0000L + kind().hashCode();
    }

    @Override
    public final int getNumOutputs() {
        return outputTypes().length;
    }

    @Override
    public final List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
        List<DataType> types = new ArrayList<>();
        for (ElementType type : outputTypes()) {
            types.add(
                    switch (type) {
                        case FLOAT32 -> DataType.FLOAT;
                        case FLOAT64 -> DataType.DOUBLE;
                        case BFLOAT16 -> DataType.BFLOAT16;
                        case INT32 -> DataType.INT;
                        case INT64 -> DataType.LONG;
                    });
        }
        return types;
    }

    @Override
    public final Map<String, Object> propertiesForFunction() {
        return Map.of();
    }

    @Override
    public final void setPropertiesForFunction(Map<String, Object> properties) {
        // the argument lists carry everything
    }

    @Override
    public final void configureFromArguments() {
        // the argument lists carry everything
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        throw new UnsupportedOperationException("the operation '" + kind() + "' has no gradient");
    }

    /** The first output. */
    public final SDVariable output() {
        return outputVariables()[0];
    }

    /** Stands for the gradient of an input that has none, such as ids. */
    protected final SDVariable noGradient(SDVariable input) {
        return sameDiff.zerosLike(input);
    }

    /** Stands for the gradients of all inputs where none flows. */
    protected final List<SDVariable> noGradients() {
        List<SDVariable> zeros = new ArrayList<>();
        for (SDVariable input : args()) {
            zeros.add(noGradient(input));
        }
        return zeros;
    }

    /** Fails unless labels have the leading shape of logits. */
    protected static void requireLabels(long[] logits, long[] labels) {
        require(
                logits.length > 0 && Arrays.equals(Shape.withoutColumns(logits), labels),
                "labels must have the leading shape of the logits");
    }

    /** Fails unless a condition holds. */
    protected static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
