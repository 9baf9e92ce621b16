package org.spactor.engine.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.spactor.engine.graph.GraphException;
import org.spactor.engine.op.Traits;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.StockAttributes;

/** Turns an operation of SameDiff's own into nodes of a listing, or refuses it. */
final class StockLowering {
    /** Operations with a number, as operations with a constant. */
    private static final Map<String, String> SCALAR = Map.of(
            "add_scalar", Kinds.STOCK_ADD,
            "sub_scalar", Kinds.STOCK_SUBTRACT,
            "mul_scalar", Kinds.STOCK_MULTIPLY,
            "div_scalar", Kinds.STOCK_DIVIDE);

    /** The same with the operands exchanged. */
    private static final Map<String, String> REVERSED_SCALAR = Map.of("rsub_scalar", Kinds.STOCK_SUBTRACT);

    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("gather", "its gradient is wrong for repeated ids; use Graph.embedding"),
            Map.entry("gather_nd", "it has no gradient; use Graph.embedding"),
            Map.entry("where", "it has no gradient; multiply by a mask instead"),
            Map.entry("where_np", "it has no gradient; multiply by a mask instead"),
            Map.entry("dropout", "it ignores its seed; use Graph.dropout"),
            Map.entry("relu", "use Graph.relu"),
            Map.entry("square", "its gradient is slow; multiply the variable by itself"),
            Map.entry("sqrt", "its gradient is slow; use Graph.rmsNorm, or exp and log"),
            Map.entry("rdiv_scalar", "its gradient is slow; divide a constant by the variable"),
            Map.entry("pow", "its gradient is slow; multiply instead"),
            Map.entry(
                    "sparse_softmax_cross_entropy_loss_with_logits",
                    "its gradient ignores what comes after it; use Graph.crossEntropy"),
            Map.entry("softmax_cross_entropy_loss", "its gradient ignores what comes after it; use Graph.crossEntropy"),
            Map.entry("layer_norm", "it is slow; use Graph.rmsNorm"),
            Map.entry("cumsum", "its gradient is wrong"),
            Map.entry("tensormmul", "its gradient is wrong; use Graph.linear or mmul on operands of equal rank"),
            Map.entry("log_softmax", "its gradient is wrong; use Graph.crossEntropy"),
            Map.entry("reduce_logsumexp", "its gradient is wrong; use Graph.crossEntropy"));

    private final String name;
    private final DifferentialFunction function;
    private final List<Value> inputs;
    private final List<String> outputNames;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Value> constants = new ArrayList<>();

    StockLowering(String name, DifferentialFunction function, List<Value> inputs, List<String> outputNames) {
        this.name = name;
        this.function = function;
        this.inputs = inputs;
        this.outputNames = outputNames;
        lower();
    }

    /** What the operation became. */
    List<Node> nodes() {
        return nodes;
    }

    /** Values that are known before a run. */
    List<Value> constants() {
        return constants;
    }

    private void lower() {
        String operation = function.opName();
        String kind = Kinds.ofStock(operation);
        if (SCALAR.containsKey(operation)) {
            node(SCALAR.get(operation), List.of(inputs.get(0), scalar()));
        } else if (REVERSED_SCALAR.containsKey(operation)) {
            node(REVERSED_SCALAR.get(operation), List.of(scalar(), inputs.get(0)));
        } else if (operation.equals("shape_of")) {
            shapeOf();
        } else if (StockOperations.kinds().contains(kind)) {
            node(kind, inputs);
        } else {
            throw refusal(operation);
        }
    }

    private void shapeOf() {
        long[] shape = inputs.get(0).shape();
        double[] numbers = Arrays.stream(shape).asDoubleStream().toArray();
        constants.add(new Value(
                outputNames.get(0), ElementType.INT64, new long[] {shape.length}, new Value.Origin.Constant(numbers)));
    }

    private void node(String kind, List<Value> operands) {
        StockOperation operation = StockOperations.ofKind(kind);
        boolean view = operation.traits().view() != Traits.View.NONE;
        // what else a view reads says how it looks, and is among its settings
        List<Value> read = view ? operands.subList(0, 1) : operands;
        List<long[]> inputShapes = read.stream().map(Value::shape).toList();
        Attributes attributes;
        List<long[]> outputShapes;
        try {
            attributes = operation.settings().read(StockArguments.of(function, operands));
            refuseNegativeAxes(attributes);
            outputShapes = operation.shapes().of(attributes, inputShapes, outputNames.size());
        } catch (IllegalArgumentException e) {
            throw misfit(e);
        }
        List<Value> outputs = new ArrayList<>();
        for (int i = 0; i < outputShapes.size(); i++) {
            outputs.add(new Value(
                    outputNames.get(i), read.get(0).type(), outputShapes.get(i), new Value.Origin.Computed()));
        }
        boolean stretched = !Arrays.equals(inputShapes.get(0), outputShapes.get(0));
        nodes.add(new Node(
                kind,
                name,
                List.copyOf(read),
                outputs,
                attributes,
                operation.flops().of(inputShapes, outputShapes),
                stretched ? operation.traits().withoutInPlace() : operation.traits(),
                OperandNames.NONE));
    }

    private Value scalar() {
        double number = ((ScalarOp) function).scalar().getDouble(0);
        return new Value(
                name + "/scalar", ElementType.FLOAT32, new long[0], new Value.Origin.Constant(new double[] {number}));
    }

    private void refuseNegativeAxes(Attributes attributes) {
        if (attributes.values().containsKey(StockAttributes.AXIS)) {
            refuseNegative(attributes.integer(StockAttributes.AXIS));
        }
        if (attributes.values().containsKey(StockAttributes.AXES)) {
            for (long axis : attributes.integers(StockAttributes.AXES)) {
                refuseNegative(axis);
            }
        }
    }

    private void refuseNegative(long axis) {
        if (axis < 0) {
            throw new GraphException(function.opName() + " '" + place() + "' over axis " + axis
                    + ": SameDiff computes negative axes wrongly. Count the axis from the front: its operand is "
                    + inputs.get(0));
        }
    }

    private GraphException misfit(IllegalArgumentException cause) {
        return new GraphException(
                function.opName() + " '" + place() + "': " + cause.getMessage() + "; its operands are " + inputs,
                cause);
    }

    private GraphException refusal(String operation) {
        String advice = ADVICE.getOrDefault(operation, "build it from verified operations, or from those of Graph");
        return new GraphException("the operation '" + operation + "' at '" + place() + "' (operands " + inputs
                + ") is not verified: " + advice);
    }

    /** The name that whoever wrote the graph gave, if any: SameDiff gives it to the variable, not to the operation. */
    private String place() {
        return outputNames.get(0);
    }
}
