package org.spactor.engine.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.graph.GraphException;
import org.spactor.engine.op.Traits;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Shape;

/**
 * Turns an operation of SameDiff's own into nodes of a listing, or refuses it.
 *
 * <p>Verified means: the gradient that SameDiff makes of it was compared with finite differences in double precision.
 * Only what was verified is let through, because several of SameDiff's gradients are silently wrong.
 */
final class StockLowering {
    /** Executed as they are. */
    private static final Set<String> NATIVE = Set.of(
            "add",
            "add_bp",
            "subtract",
            "subtract_bp",
            "multiply",
            "multiply_bp",
            "divide",
            "divide_bp",
            "tanh_bp",
            "sigmoid_bp",
            "softmax",
            "softmax_bp",
            "matmul",
            "matmul_bp",
            "concat",
            "concat_bp",
            "stack",
            "unstack",
            "split",
            "tile",
            "tile_bp",
            "strided_slice",
            "strided_slice_bp",
            "reduce_sum_bp",
            "reduce_mean_bp",
            "reduce_max_bp",
            "zeroslike");

    /** Element by element, one operand. */
    private static final Set<String> TRANSFORMS =
            Set.of("tanh", "sigmoid", "exp", "log", "neg", "abs", "sign", "sin", "cos", "gelu", "_geluderivative");

    private static final Set<String> REDUCTIONS = Set.of("reduce_sum", "reduce_mean", "reduce_max");

    /** Operations with a number, as operations with a constant. */
    private static final Map<String, String> SCALAR =
            Map.of("add_scalar", "add", "sub_scalar", "subtract", "mul_scalar", "multiply", "div_scalar", "divide");

    /** The same with the operands exchanged. */
    private static final Map<String, String> REVERSED_SCALAR = Map.of("rsub_scalar", "subtract");

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

    /** ND4J's way of saying that a reduction is over everything. */
    private static final int ALL_DIMENSIONS = Integer.MAX_VALUE;

    private static final Traits COMPUTES = Traits.NONE.withStrides();
    private static final Traits OVERWRITES_FIRST = COMPUTES.withInPlace(0, 0);

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
        if (TRANSFORMS.contains(operation)) {
            node(operation, inputs, List.of(inputs.get(0).shape()), Attributes.NONE, OVERWRITES_FIRST);
        } else if (REDUCTIONS.contains(operation) && function instanceof BaseReduceOp reduction) {
            reduction(operation, reduction);
        } else if (SCALAR.containsKey(operation)) {
            node(
                    SCALAR.get(operation),
                    List.of(inputs.get(0), scalar()),
                    sameShape(),
                    Attributes.NONE,
                    OVERWRITES_FIRST);
        } else if (REVERSED_SCALAR.containsKey(operation)) {
            node(
                    REVERSED_SCALAR.get(operation),
                    List.of(scalar(), inputs.get(0)),
                    sameShape(),
                    Attributes.NONE,
                    COMPUTES);
        } else if (operation.equals("shape_of")) {
            shapeOf();
        } else if (Set.of("reshape", "expand_dims", "squeeze", "identity").contains(operation)) {
            view(Traits.View.RESHAPE, Attributes.NONE);
        } else if (operation.equals("permute")) {
            view(Traits.View.PERMUTE, Attributes.NONE.with("permutation", custom().iArgs()));
        } else if (operation.equals("transpose")) {
            view(
                    Traits.View.PERMUTE,
                    Attributes.NONE.with("permutation", reversed(inputs.get(0).shape().length)));
        } else if (NATIVE.contains(operation)) {
            nativeOperation(operation);
        } else {
            throw refusal(operation);
        }
    }

    private void nativeOperation(String operation) {
        DynamicCustomOp custom = custom();
        if (Set.of("softmax", "softmax_bp", "concat", "concat_bp", "split", "stack", "unstack")
                .contains(operation)) {
            refuseNegativeAxis(operation, custom.iArgs());
        }
        Attributes attributes = Attributes.NONE
                .with("integers", custom.iArgs())
                .with("reals", custom.tArgs())
                .with("flags", asNumbers(custom.bArgs()));
        boolean elementwise = Set.of("add", "subtract", "multiply", "divide").contains(operation);
        List<long[]> shapes = elementwise ? List.of(stretchedShape()) : shapes(operation, custom);
        Traits traits =
                elementwise && Arrays.equals(inputs.get(0).shape(), shapes.get(0)) ? OVERWRITES_FIRST : COMPUTES;
        node(operation, inputs, shapes, attributes, traits);
    }

    private void reduction(String operation, BaseReduceOp reduction) {
        int[] dimensions = function.getDimensions();
        boolean all = dimensions == null || dimensions.length == 0 || dimensions[0] == ALL_DIMENSIONS;
        long[] shape = inputs.get(0).shape();
        long[] axes = new long[all ? shape.length : dimensions.length];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = all ? i : dimensions[i];
        }
        refuseNegativeAxis(operation, axes);
        List<Long> reduced = new ArrayList<>();
        for (int i = 0; i < shape.length; i++) {
            int axis = i;
            boolean gone = Arrays.stream(axes).anyMatch(a -> a == axis);
            if (!gone) {
                reduced.add(shape[i]);
            } else if (reduction.isKeepDims()) {
                reduced.add(1L);
            }
        }
        Attributes attributes = Attributes.NONE
                .with("integers", axes)
                .with("reals", new double[0])
                .with("flags", new long[] {reduction.isKeepDims() ? 1 : 0});
        long[] outputShape = reduced.stream().mapToLong(Long::longValue).toArray();
        node(operation, List.of(inputs.get(0)), List.of(outputShape), attributes, COMPUTES);
    }

    private void view(Traits.View view, Attributes attributes) {
        List<long[]> shapes = shapes(function.opName(), custom());
        Traits traits = COMPUTES.withView(view);
        node(function.opName(), List.of(inputs.get(0)), shapes, attributes, traits);
    }

    private void shapeOf() {
        long[] shape = inputs.get(0).shape();
        double[] numbers = Arrays.stream(shape).asDoubleStream().toArray();
        constants.add(new Value(
                outputNames.get(0), ElementType.INT64, new long[] {shape.length}, new Value.Origin.Constant(numbers)));
    }

    private void node(
            String operation, List<Value> operands, List<long[]> shapes, Attributes attributes, Traits traits) {
        List<Value> outputs = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            outputs.add(
                    new Value(outputNames.get(i), operands.get(0).type(), shapes.get(i), new Value.Origin.Computed()));
        }
        nodes.add(new Node(
                Kinds.ofStock(operation),
                name,
                operands,
                outputs,
                attributes,
                flops(operation, operands, outputs),
                traits));
    }

    private static long flops(String operation, List<Value> operands, List<Value> outputs) {
        if (!operation.equals("matmul") && !operation.equals("matmul_bp")) {
            return 0;
        }
        Value product = operation.equals("matmul") ? outputs.get(0) : operands.get(2);
        long left = operands.get(0).elements();
        long right = operands.get(1).elements();
        // with a = m·k, b = k·n and c = m·n elements in each of the batch's products: k = √(a·b/c)
        long batch = Shape.elements(Arrays.copyOf(product.shape(), Math.max(0, product.shape().length - 2)));
        double inner = Math.sqrt((double) left * right / ((double) product.elements() * batch));
        long one = 2 * product.elements() * Math.round(inner);
        return operation.equals("matmul") ? one : 2 * one;
    }

    /** What is plain to see needs no question to ND4J, which takes time for large operands. */
    private List<long[]> shapes(String operation, DynamicCustomOp custom) {
        return switch (operation) {
            case "identity", "zeroslike" -> sameShape();
            case "add_bp", "subtract_bp", "multiply_bp", "divide_bp" ->
                List.of(inputs.get(0).shape(), inputs.get(1).shape());
            default -> nativeShapes(custom);
        };
    }

    /** Asks ND4J; the arrays are never touched, so they take no memory. */
    private List<long[]> nativeShapes(DynamicCustomOp custom) {
        List<INDArray> arrays = new ArrayList<>();
        OpContext context = Nd4j.getExecutioner().buildContext();
        try {
            for (Value input : inputs) {
                arrays.add(placeholderArray(input));
            }
            context.setArgs(
                    arrays.toArray(INDArray[]::new), custom.iArgs(), custom.dArgs(), custom.tArgs(), custom.bArgs());
            List<long[]> shapes = new ArrayList<>();
            for (LongShapeDescriptor descriptor : custom.calculateOutputShape(context)) {
                shapes.add(descriptor.getShape());
            }
            return shapes;
        } catch (RuntimeException e) {
            throw misfit(e);
        } finally {
            arrays.forEach(INDArray::close);
        }
    }

    /** ND4J does not object to operands that do not fit. */
    private long[] stretchedShape() {
        try {
            return Shape.broadcast(inputs.get(0).shape(), inputs.get(1).shape());
        } catch (IllegalArgumentException e) {
            throw misfit(e);
        }
    }

    private static INDArray placeholderArray(Value value) {
        DataType type = switch (value.type()) {
            case FLOAT32 -> DataType.FLOAT;
            case BFLOAT16 -> DataType.BFLOAT16;
            case INT32 -> DataType.INT;
            case INT64 -> DataType.LONG;
        };
        if (value.origin() instanceof Value.Origin.Constant constant) {
            return Nd4j.create(constant.values(), value.shape(), type);
        }
        return Nd4j.createUninitializedDetached(type, 'c', value.shape());
    }

    private Value scalar() {
        double number = ((ScalarOp) function).scalar().getDouble(0);
        return new Value(
                name + "/scalar", ElementType.FLOAT32, new long[0], new Value.Origin.Constant(new double[] {number}));
    }

    private List<long[]> sameShape() {
        return List.of(inputs.get(0).shape());
    }

    private DynamicCustomOp custom() {
        return (DynamicCustomOp) function;
    }

    private void refuseNegativeAxis(String operation, long[] axes) {
        for (long axis : axes) {
            if (axis < 0) {
                throw new GraphException(operation + " '" + place() + "' over axis " + axis
                        + ": SameDiff computes negative axes wrongly. Count the axis from the front: its operand is "
                        + inputs.get(0));
            }
        }
    }

    private GraphException misfit(RuntimeException cause) {
        return new GraphException(
                function.opName() + " '" + place() + "': the shapes of its operands do not fit: " + inputs, cause);
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

    private static long[] reversed(int rank) {
        long[] permutation = new long[rank];
        for (int i = 0; i < rank; i++) {
            permutation[i] = rank - 1 - i;
        }
        return permutation;
    }

    private static long[] asNumbers(boolean[] flags) {
        long[] numbers = new long[flags.length];
        for (int i = 0; i < flags.length; i++) {
            numbers[i] = flags[i] ? 1 : 0;
        }
        return numbers;
    }
}
