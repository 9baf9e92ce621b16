package org.spactor.engine.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.spactor.api.graph.ElementType;
import org.spactor.api.graph.Value;
import org.spactor.engine.op.EngineOp;

/** An operation while it is declared: checks its operands and makes its outputs. */
final class Declaration {
    private final ModelGraph graph;
    private final String operation;
    private final List<GraphValue> operands = new ArrayList<>();

    /**
     * An operation on some operands.
     *
     * @throws IllegalArgumentException if one of them is none of the graph's values
     */
    Declaration(ModelGraph graph, String operation, Value... operands) {
        this.graph = graph;
        this.operation = operation;
        for (int i = 0; i < operands.length; i++) {
            this.operands.add(own(operands[i], i));
        }
    }

    private GraphValue own(Value value, int index) {
        if (value == null) {
            throw new IllegalArgumentException(operation + ": operand " + (index + 1) + " is null");
        }
        if (!(value instanceof GraphValue known)) {
            throw new IllegalArgumentException(operation + ": operand " + (index + 1) + " is of "
                    + value.getClass().getName() + ", which is no value that a graph made");
        }
        if (known.graph() != graph) {
            throw new IllegalArgumentException(operation + ": operand " + (index + 1) + ", " + known
                    + ", belongs to another graph. Values cannot be kept from one graph to the next");
        }
        return known;
    }

    /** Refuses operands of other types; null stands for either type. */
    Declaration types(ElementType... types) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] != null && operands.get(i).type() != types[i]) {
                throw misfit("operand " + (i + 1) + " has to be " + types[i]
                        + (types[i] == ElementType.FLOAT ? " (Value.toFloat makes it of INT)" : ""));
            }
        }
        return this;
    }

    /** Refuses operands that are not all FLOAT. */
    Declaration floats() {
        ElementType[] types = new ElementType[operands.size()];
        Arrays.fill(types, ElementType.FLOAT);
        return types(types);
    }

    /** Fails unless a condition holds. */
    Declaration require(boolean condition, String problem) {
        if (!condition) {
            throw misfit(problem);
        }
        return this;
    }

    /**
     * Refuses an operand whose numbers might lie outside of some bounds.
     *
     * @param what what the numbers are
     * @param advice what to do
     */
    Declaration within(int operand, Interval bounds, String what, String advice) {
        Interval numbers = operands.get(operand).interval();
        return require(
                bounds.contains(numbers), what + " may be " + numbers + ", but have to be " + bounds + ": " + advice);
    }

    IllegalArgumentException misfit(String problem) {
        return new IllegalArgumentException(message(problem));
    }

    private String message(String problem) {
        if (operands.isEmpty()) {
            return operation + ": " + problem;
        }
        String listed = operands.stream().map(GraphValue::toString).collect(Collectors.joining(" and "));
        return operation + ": " + problem + "; " + (operands.size() == 1 ? "its operand is " : "its operands are ")
                + listed;
    }

    GraphValue operand(int index) {
        return operands.get(index);
    }

    SDVariable variable(int index) {
        return operands.get(index).variable();
    }

    SDVariable[] variables() {
        return operands.stream().map(GraphValue::variable).toArray(SDVariable[]::new);
    }

    long[] shape(int index) {
        return operands.get(index).sides();
    }

    private long[][] shapes() {
        return operands.stream().map(GraphValue::sides).toArray(long[][]::new);
    }

    /** The output of an operation of SameDiff's own. */
    GraphValue stock(SDVariable output, long... shape) {
        return new GraphValue(graph, output, ElementType.FLOAT, shape, null);
    }

    /** The output of an operation that moves elements of the first operand's type. */
    GraphValue moved(SDVariable output, Interval interval, long... shape) {
        return new GraphValue(graph, output, operands.get(0).type(), shape, interval);
    }

    /** The output of one of the engine's operations that has one, or whose others are of no interest. */
    GraphValue engine(EngineOp op) {
        return engine(op, null);
    }

    /** The same for whole numbers. */
    GraphValue engine(EngineOp op, Interval interval) {
        return outputs(op, interval)[0];
    }

    /** All outputs of one of the engine's operations. */
    GraphValue[] outputs(EngineOp op, Interval interval) {
        long[][] shapes = outputShapes(op);
        SDVariable[] variables = op.outputVariables();
        GraphValue[] outputs = new GraphValue[variables.length];
        for (int i = 0; i < outputs.length; i++) {
            boolean whole = variables[i].dataType() == DataType.INT;
            outputs[i] = new GraphValue(
                    graph,
                    variables[i],
                    whole ? ElementType.INT : ElementType.FLOAT,
                    shapes[i],
                    whole ? interval : null);
        }
        return outputs;
    }

    private long[][] outputShapes(EngineOp op) {
        try {
            return op.outputShapes(shapes());
        } catch (IllegalArgumentException e) {
            remove(op);
            throw new IllegalArgumentException(message(e.getMessage()), e);
        }
    }

    /** Leaves the graph as it was before: whoever declared the operation may catch the exception. */
    private void remove(EngineOp op) {
        SameDiff sameDiff = graph.sameDiff();
        sameDiff.getOps().remove(op.getOwnName());
        for (GraphValue operand : operands) {
            List<String> readers =
                    sameDiff.getVariables().get(operand.variable().name()).getInputsForOp();
            if (readers != null) {
                readers.remove(op.getOwnName());
            }
        }
    }
}
