package org.spactor.engine.reference;

import static org.spactor.engine.reference.OperationGraphs.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.ElementType;
import org.spactor.api.graph.Value;
import org.spactor.engine.graph.ModelGraph;

/**
 * An operation of {@link Value} on operands of its own.
 *
 * @param name what it shows
 * @param body declares operands and operation
 */
public record ValueOperation(String name, Function<ModelGraph, Value> body) {
    /** All operations that values have, in all the ways in which they can be used. */
    public static List<ValueOperation> all() {
        List<ValueOperation> all = new ArrayList<>();
        addArithmetic(all);
        addComparisons(all);
        addReductions(all);
        addProducts(all);
        addMovements(all, "numbers", graph -> parameter(graph, "x", 2, 3, 4));
        addMovements(all, "whole numbers", graph -> integers(graph, 2, 3, 4));
        addSequences(all);
        addNumbers(all);
        addRepeated(all);
        return all;
    }

    /** The same as a case with a loss: what has no gradient is the weights of a parameter. */
    public GraphCase asCase() {
        return GraphCase.of("value: " + name, graph -> {
            Value y = body.apply(graph);
            boolean differentiable =
                    y.type() == ElementType.FLOAT && !graph.parameters().isEmpty();
            OperationGraphs.lossOf(
                    graph, "loss", differentiable ? y : y.toFloat().mul(parameter(graph, "weighed", y.shape())));
        });
    }

    private static void addArithmetic(List<ValueOperation> all) {
        binary(all, "add", Value::add);
        binary(all, "sub", Value::sub);
        binary(all, "mul", Value::mul);
        binary(all, "div", (x, y) -> x.div(y.mul(y).add(0.5)));
        unary(all, "add a number", x -> x.add(2));
        unary(all, "sub a number", x -> x.sub(2));
        unary(all, "mul a number", x -> x.mul(-3));
        unary(all, "div a number", x -> x.div(5));
        unary(all, "neg", Value::neg);
        unary(all, "exp", Value::exp);
        unary(all, "log", x -> x.mul(x).add(0.5).log());
        unary(all, "sqrt", x -> x.mul(x).add(0.5).sqrt());
        unary(all, "abs", Value::abs);
        unary(all, "tanh", x -> x.mul(2).tanh());
        unary(all, "sigmoid", x -> x.mul(2).sigmoid());
        unary(all, "sin", Value::sin);
        unary(all, "cos", Value::cos);
        unary(all, "softmax", Value::softmax);
        all.add(new ValueOperation(
                "add single numbers",
                graph -> parameter(graph, "x").add(parameter(graph, "y")).mul(parameter(graph, "z", 1))));
        all.add(new ValueOperation(
                "constants", graph -> parameter(graph, "x", 2).mul(graph.constant(new float[] {0.5f, -2}, 2))));
        all.add(new ValueOperation(
                "a constant alone", graph -> parameter(graph, "x").mul(graph.constant(new float[] {3}))));
    }

    private static void addComparisons(List<ValueOperation> all) {
        compared(all, "eq", Value::eq, x -> x.eq(2));
        compared(all, "ne", Value::ne, x -> x.ne(2));
        compared(all, "lt", Value::lt, x -> x.lt(2));
        compared(all, "gt", Value::gt, x -> x.gt(2));
        all.add(new ValueOperation(
                "gt of a number", graph -> parameter(graph, "x", 3, 5).gt(-0.25)));
        all.add(new ValueOperation(
                "lt of single numbers", graph -> parameter(graph, "x").lt(parameter(graph, "y"))));
        all.add(new ValueOperation("toFloat", graph -> integers(graph, 2, 3, 4).toFloat()));
        all.add(new ValueOperation(
                "toFloat of what is FLOAT", graph -> parameter(graph, "x", 2, 3).toFloat()));
    }

    private static void compared(List<ValueOperation> all, String name, Binary relation, UnaryOperator<Value> withTwo) {
        all.add(new ValueOperation(
                name, graph -> relation.of(parameter(graph, "x", 3, 5), parameter(graph, "y", 3, 5))));
        all.add(new ValueOperation(name + " stretched", graph -> {
            Value tokens = graph.feature(Feature.INPUTS);
            return relation.of(tokens.expand(2), tokens.expand(1));
        }));
        all.add(new ValueOperation(name + " of permuted whole numbers", graph -> {
            Value turned = integers(graph, 3, 3).transpose();
            return relation.of(turned, integers(graph, 3, 3));
        }));
        all.add(new ValueOperation(name + " of a whole number", graph -> withTwo.apply(graph.feature(Feature.INPUTS))));
    }

    private static void addReductions(List<ValueOperation> all) {
        cube(all, "sum", Value::sum);
        cube(all, "sum over an axis", x -> x.sum(1));
        cube(all, "sum over axes counted from the end", x -> x.sum(-1, -3));
        cube(all, "mean", Value::mean);
        cube(all, "mean over an axis", x -> x.mean(0));
        cube(all, "mean over axes counted from the end", x -> x.mean(-1, 1));
        cube(all, "max", x -> x.max(1));
        cube(all, "max over an axis counted from the end", x -> x.max(-1));
        cube(all, "logSumExp", x -> x.mul(3).logSumExp());
        cube(all, "logSumExp of a permuted value", x -> x.permute(2, 0, 1).logSumExp());
        cube(all, "softmax of rank 3", Value::softmax);
        all.add(new ValueOperation(
                "logSumExp of a row", graph -> parameter(graph, "x", 5).logSumExp()));
        all.add(new ValueOperation(
                "max of a row", graph -> parameter(graph, "x", 5).max(0)));
        all.add(new ValueOperation(
                "sum and mean of a single number",
                graph -> parameter(graph, "x").sum().add(parameter(graph, "y").mean())));
    }

    private static void addProducts(List<ValueOperation> all) {
        all.add(new ValueOperation(
                "matmul", graph -> parameter(graph, "x", 2, 3).matmul(parameter(graph, "y", 3, 5))));
        all.add(new ValueOperation(
                "matmul of rank 3", graph -> parameter(graph, "x", 4, 2, 3).matmul(parameter(graph, "y", 4, 3, 5))));
        all.add(new ValueOperation(
                "matmul of rank 4",
                graph -> parameter(graph, "x", 2, 3, 2, 4).matmul(parameter(graph, "y", 2, 3, 4, 5))));
        all.add(new ValueOperation(
                "matmul of what is transposed",
                graph -> parameter(graph, "x", 3, 2)
                        .transpose()
                        .matmul(parameter(graph, "y", 5, 3).transpose())));
        all.add(new ValueOperation("similarity of a batch", graph -> {
            Value x = parameter(graph, "x", 4, 3);
            return x.matmul(x.transpose()).mul(0.5).softmax();
        }));
    }

    private static void addMovements(List<ValueOperation> all, String of, Function<ModelGraph, Value> x) {
        moved(all, of, x, "reshape", y -> y.reshape(6, 4));
        moved(all, of, x, "reshape with a free length", y -> y.reshape(2, -1));
        moved(all, of, x, "permute", y -> y.permute(2, 0, 1));
        moved(all, of, x, "permute with axes counted from the end", y -> y.permute(-2, -1, 0));
        moved(all, of, x, "transpose", Value::transpose);
        moved(all, of, x, "reshape of a transpose", y -> y.transpose().reshape(-1));
        moved(all, of, x, "expand", y -> y.expand(1));
        moved(all, of, x, "expand at the end", y -> y.expand(-1));
        moved(all, of, x, "squeeze", y -> y.reshape(6, 1, 4).squeeze(1));
        moved(all, of, x, "squeeze from the end", y -> y.reshape(6, 4, 1).squeeze(-1));
        moved(all, of, x, "slice", y -> y.slice(1, 1, 3));
        moved(all, of, x, "slice from the end", y -> y.slice(-1, 0, 1));
        moved(all, of, x, "slice of a transpose", y -> y.transpose().slice(1, 2, 4));
        all.add(new ValueOperation(
                "concat of " + of,
                graph -> graph.concat(1, x.apply(graph), x.apply(graph).slice(1, 0, 2))));
        all.add(new ValueOperation(
                "concat at an axis from the end of " + of,
                graph -> graph.concat(
                        -1, x.apply(graph), x.apply(graph).transpose().reshape(2, 3, 4))));
        all.add(new ValueOperation("concat of one of " + of, graph -> graph.concat(0, x.apply(graph))));
    }

    private static void addSequences(List<ValueOperation> all) {
        all.add(new ValueOperation("shiftRight", graph -> graph.shiftRight(graph.feature(Feature.TARGETS), 3)));
        all.add(new ValueOperation("tokens that follow", graph -> {
            Value tokens = graph.feature(Feature.INPUTS);
            Value next = tokens.slice(1, 1, tokens.size(1));
            return graph.concat(1, next, graph.constant(new int[] {0, 0, 0}, GraphCase.BATCH, 1));
        }));
        all.add(new ValueOperation("distances of places", graph -> {
            Value places = graph.constant(new float[] {0, 1, 2, 3, 4}, 5);
            return places.expand(1).sub(places.expand(0)).abs().mul(parameter(graph, "slope"));
        }));
        all.add(new ValueOperation(
                "lengths of sequences",
                graph -> graph.feature(Feature.INPUTS)
                        .ne(0)
                        .toFloat()
                        .sum(1)
                        .mul(parameter(graph, "x", GraphCase.BATCH))));
        all.add(new ValueOperation(
                "a whole number alone",
                graph -> graph.constant(new int[] {3}).toFloat().mul(parameter(graph, "x", 2))));
    }

    /** Values without axes. */
    private static void addNumbers(List<ValueOperation> all) {
        number(all, "tanh", Value::tanh);
        number(all, "mul", x -> x.mul(x));
        number(all, "expand", x -> x.expand(0));
        number(all, "expand from the end", x -> x.expand(-1));
        number(all, "reshape", x -> x.reshape(1, 1));
        number(all, "permute of the reshaped", x -> x.reshape(1, 1).permute(1, 0));
        number(all, "gt", x -> x.gt(0.5));
        all.add(new ValueOperation(
                "reshape to a single number",
                graph -> parameter(graph, "x", 1, 1).reshape().mul(2)));
        all.add(new ValueOperation(
                "squeeze to a single number", graph -> parameter(graph, "x", 1).squeeze(0)));
        all.add(new ValueOperation(
                "sum over all axes", graph -> parameter(graph, "x", 2, 3).sum(0, 1)));
        all.add(new ValueOperation(
                "a single number compared with many",
                graph -> parameter(graph, "x").lt(parameter(graph, "y", 2, 3))));
        all.add(new ValueOperation(
                "softmax of a row", graph -> parameter(graph, "x", 5).softmax()));
        all.add(new ValueOperation(
                "slice of a row", graph -> parameter(graph, "x", 5).slice(0, 1, 4)));
        all.add(new ValueOperation(
                "matmul of a row and a column",
                graph -> parameter(graph, "x", 1, 5).matmul(parameter(graph, "y", 5, 1))));
    }

    /** Operands that are one and the same. */
    private static void addRepeated(List<ValueOperation> all) {
        unary(all, "add of it to itself", x -> x.add(x));
        unary(all, "sub of it from itself", x -> x.sub(x).add(x));
        unary(
                all,
                "div of it by itself",
                x -> x.mul(x).add(0.5).div(x.mul(x).add(0.5)).mul(x));
        all.add(new ValueOperation("concat of it with itself", graph -> {
            Value x = parameter(graph, "x", 2, 3);
            return graph.concat(1, x, x, x.neg());
        }));
        all.add(new ValueOperation("matmul of it with itself", graph -> {
            Value x = parameter(graph, "x", 3, 3);
            return x.matmul(x);
        }));
        all.add(new ValueOperation("linear of it with itself", graph -> {
            Value x = parameter(graph, "x", 3, 3);
            return graph.linear(x, x);
        }));
        all.add(new ValueOperation("attention of it to itself", graph -> {
            Value x = parameter(graph, "x", 2, 3, 4);
            return graph.attention(Attention.of(x, x, x, 2).causal(true));
        }));
        all.add(new ValueOperation("rotaryPositions of rotated ones", graph -> {
            Value x = parameter(graph, "x", 2, 3, 4);
            return graph.rotaryPositions(graph.rotaryPositions(x, 1, 100), 2, 100);
        }));
    }

    private static void number(List<ValueOperation> all, String name, UnaryOperator<Value> operation) {
        all.add(new ValueOperation(name + " of a single number", graph -> operation.apply(parameter(graph, "x"))));
    }

    private static Value integers(ModelGraph graph, long... shape) {
        int count = 1;
        for (long side : shape) {
            count *= (int) side;
        }
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i * 5 % 7 - 1;
        }
        return graph.constant(numbers, shape);
    }

    private static void binary(List<ValueOperation> all, String name, Binary operation) {
        all.add(new ValueOperation(
                name, graph -> operation.of(parameter(graph, "x", 2, 3), parameter(graph, "y", 2, 3))));
        all.add(new ValueOperation(
                name + ", a row stretched",
                graph -> operation.of(parameter(graph, "x", 2, 3), parameter(graph, "y", 3))));
        all.add(new ValueOperation(
                name + ", both stretched",
                graph -> operation.of(parameter(graph, "x", 2, 1, 4), parameter(graph, "y", 3, 1))));
        all.add(new ValueOperation(
                name + ", a single number stretched",
                graph -> operation.of(parameter(graph, "x"), parameter(graph, "y", 2, 3))));
    }

    private static void unary(List<ValueOperation> all, String name, UnaryOperator<Value> operation) {
        all.add(new ValueOperation(name, graph -> operation.apply(parameter(graph, "x", 2, 3))));
    }

    private static void cube(List<ValueOperation> all, String name, UnaryOperator<Value> operation) {
        all.add(new ValueOperation(name, graph -> operation.apply(parameter(graph, "x", 2, 3, 4))));
    }

    private static void moved(
            List<ValueOperation> all,
            String of,
            Function<ModelGraph, Value> x,
            String name,
            UnaryOperator<Value> operation) {
        all.add(new ValueOperation(name + " of " + of, graph -> operation.apply(x.apply(graph))));
    }

    /** An operation on two values. */
    @FunctionalInterface
    private interface Binary {
        Value of(Value left, Value right);
    }

    @Override
    public String toString() {
        return name;
    }
}
