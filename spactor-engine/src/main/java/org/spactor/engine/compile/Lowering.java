package org.spactor.engine.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.graph.Differentiation;
import org.spactor.engine.graph.GraphException;
import org.spactor.engine.op.EngineOp;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Shape;

/**
 * The third stage, <i>check</i>: reads a SameDiff graph into a listing with the shape of every value, and refuses what is
 * not verified.
 */
final class Lowering {
    private final SameDiff graph;
    private final Set<String> parameters;
    private final Map<String, Value> values = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private Lowering(SameDiff graph, Set<String> parameters) {
        this.graph = graph;
        this.parameters = parameters;
    }

    /**
     * Reads the part of a graph that the wanted variables need.
     *
     * @param wanted the variables to compute, by the name that the result gets
     * @param parameters names of the placeholders that are parameters
     */
    static Listing lower(SameDiff graph, Map<String, SDVariable> wanted, Set<String> parameters) {
        Lowering lowering = new Lowering(graph, parameters);
        lowering.readOperations(Reachability.of(graph, wanted.values()));
        Map<String, Value> results = new LinkedHashMap<>();
        wanted.forEach((name, variable) -> results.put(name, lowering.value(variable.name())));
        return new Listing(lowering.nodes, results).pruned();
    }

    private void readOperations(Set<String> needed) {
        for (Map.Entry<String, SameDiffOp> entry : graph.getOps().entrySet()) {
            if (needed.contains(entry.getKey())) {
                readOperation(entry.getKey(), entry.getValue());
            }
        }
    }

    private void readOperation(String name, SameDiffOp operation) {
        DifferentialFunction function = operation.getOp();
        List<Value> inputs = new ArrayList<>();
        if (operation.getInputsToOp() != null) {
            operation.getInputsToOp().forEach(input -> inputs.add(value(input)));
        }
        List<String> outputNames = operation.getOutputsOfOp();
        if (function instanceof EngineOp engineOp) {
            add(engineNode(engineOp, name, inputs, outputNames));
        } else {
            StockLowering stock = new StockLowering(name, function, inputs, outputNames);
            stock.nodes().forEach(this::add);
            stock.constants().forEach(constant -> values.put(constant.name(), constant));
        }
    }

    private static Node engineNode(EngineOp op, String name, List<Value> inputs, List<String> outputNames) {
        long[][] inputShapes = inputs.stream().map(Value::shape).toArray(long[][]::new);
        long[][] outputShapes;
        try {
            outputShapes = op.outputShapes(inputShapes);
        } catch (IllegalArgumentException e) {
            throw new GraphException(
                    op.kind() + " '" + name + "': " + e.getMessage() + "; its operands are " + inputs, e);
        }
        List<DataType> types = op.calculateOutputDataTypes(List.of());
        List<Value> outputs = new ArrayList<>();
        for (int i = 0; i < outputShapes.length; i++) {
            outputs.add(new Value(
                    outputNames.get(i), elementType(types.get(i), name), outputShapes[i], new Value.Origin.Computed()));
        }
        return new Node(
                op.kind(),
                name,
                inputs,
                outputs,
                op.attributes(),
                op.flops(inputShapes, outputShapes),
                op.traits(),
                op.operandNames());
    }

    private void add(Node node) {
        nodes.add(node);
        node.outputs().forEach(output -> values.put(output.name(), output));
    }

    private Value value(String name) {
        return values.computeIfAbsent(name, this::leaf);
    }

    /** A value that no operation makes. */
    private Value leaf(String name) {
        SDVariable variable = graph.getVariable(name);
        ElementType type = elementType(variable.dataType(), name);
        if (variable.getVariableType() == VariableType.PLACEHOLDER) {
            long[] shape = variable.getShape() == null ? new long[0] : variable.getShape();
            Value.Origin origin = parameters.contains(name) ? new Value.Origin.Parameter() : new Value.Origin.Input();
            return new Value(name, type, shape, origin);
        }
        boolean variableOfSameDiff = variable.getVariableType() == VariableType.VARIABLE;
        if (variableOfSameDiff && !name.equals(Differentiation.GRADIENT_OF_LOSS)) {
            throw new GraphException("'" + name + "' is a variable of SameDiff: it would be frozen, neither trained nor"
                    + " saved. Declare what is learnt with Graph.parameter, and what is not with Graph.constant");
        }
        INDArray array = variable.getArr();
        if (array == null) {
            throw new GraphException("the variable '" + name + "' is read before an operation makes it");
        }
        double[] numbers = array.dup('c').data().asDouble();
        double[] values = Arrays.copyOf(numbers, Math.toIntExact(Shape.elements(array.shape())));
        return new Value(name, type, array.shape(), new Value.Origin.Constant(values));
    }

    static ElementType elementType(DataType type, String where) {
        return switch (type) {
            case FLOAT -> ElementType.FLOAT32;
            case INT -> ElementType.INT32;
            case LONG -> ElementType.INT64;
            default ->
                throw new GraphException("'" + where + "' is of type " + type
                        + ", but a plan has only FLOAT, INT and LONG. Create it as FLOAT, or cast it before the graph");
        };
    }
}
