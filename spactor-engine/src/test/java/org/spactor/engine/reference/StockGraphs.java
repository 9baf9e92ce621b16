package org.spactor.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Small graphs, at least one for each of SameDiff's own operations that the compiler lets through. */
public final class StockGraphs {
    private static final long[] MATRIX = {2, 3};
    private static final long[] CUBE = {2, 3, 4};

    private StockGraphs() {}

    /** All graphs. */
    public static List<StockGraph> all() {
        List<StockGraph> graphs = new ArrayList<>();
        addArithmetic(graphs);
        addTransforms(graphs);
        addReductions(graphs);
        addProducts(graphs);
        addMovements(graphs);
        addViews(graphs);
        addCompositions(graphs);
        return graphs;
    }

    private static void addArithmetic(List<StockGraph> graphs) {
        graphs.add(binary("add", MATRIX, MATRIX, (sd, p) -> p[0].add(p[1])));
        graphs.add(binary("add, a row stretched", MATRIX, shape(3), (sd, p) -> p[0].add(p[1])));
        graphs.add(binary("add, a column stretched", MATRIX, shape(2, 1), (sd, p) -> p[0].add(p[1])));
        graphs.add(binary(
                "add of something to itself",
                MATRIX,
                MATRIX,
                (sd, p) -> p[0].add(p[0]).add(p[1])));
        graphs.add(binary("subtract", MATRIX, MATRIX, (sd, p) -> p[0].sub(p[1])));
        graphs.add(binary("subtract, a row stretched", MATRIX, shape(3), (sd, p) -> p[0].sub(p[1])));
        graphs.add(binary("multiply", MATRIX, MATRIX, (sd, p) -> p[0].mul(p[1])));
        graphs.add(binary("multiply, a row stretched", CUBE, shape(4), (sd, p) -> p[0].mul(p[1])));
        graphs.add(binary("multiply, the middle stretched", CUBE, shape(2, 1, 4), (sd, p) -> p[0].mul(p[1])));
        graphs.add(binary(
                "multiply of something with itself",
                MATRIX,
                MATRIX,
                (sd, p) -> p[0].mul(p[0]).mul(p[1])));
        graphs.add(binary("divide", MATRIX, MATRIX, (sd, p) -> p[0].div(positive(p[1]))));
        graphs.add(binary("divide, a column stretched", MATRIX, shape(2, 1), (sd, p) -> p[0].div(positive(p[1]))));
        graphs.add(unary("plus a number", x -> x.add(2)));
        graphs.add(unary("minus a number", x -> x.sub(2)));
        graphs.add(unary("times a number", x -> x.mul(-3)));
        graphs.add(unary("divided by a number", x -> x.div(5)));
        graphs.add(unary("a number minus it", x -> x.rsub(1)));
    }

    private static void addTransforms(List<StockGraph> graphs) {
        graphs.add(unary("tanh", x -> x.getSameDiff().math().tanh(x.mul(2))));
        graphs.add(unary("sigmoid", x -> x.getSameDiff().nn().sigmoid(x.mul(2))));
        graphs.add(unary("exp", x -> x.getSameDiff().math().exp(x)));
        graphs.add(unary("log", x -> x.getSameDiff().math().log(positive(x))));
        graphs.add(unary("neg", x -> x.getSameDiff().math().neg(x)));
        graphs.add(unary("abs", x -> x.getSameDiff().math().abs(x)));
        graphs.add(unary("sign", x -> x.getSameDiff().math().sign(x).mul(x)));
        graphs.add(unary("sin", x -> x.getSameDiff().math().sin(x)));
        graphs.add(unary("cos", x -> x.getSameDiff().math().cos(x)));
        graphs.add(unary("gelu", x -> x.getSameDiff().nn().gelu(x.mul(2))));
        graphs.add(unary("softmax over rows", x -> x.getSameDiff().nn().softmax(x, 1)));
        graphs.add(unary("softmax over columns", x -> x.getSameDiff().nn().softmax(x, 0)));
        graphs.add(
                cube("softmax over the middle", CUBE, x -> x.getSameDiff().nn().softmax(x, 1)));
    }

    private static void addReductions(List<StockGraph> graphs) {
        graphs.add(cube("sum over everything", shape(), x -> x.sum()));
        graphs.add(cube("sum over the middle", shape(2, 4), x -> x.sum(1)));
        graphs.add(cube("sum over two axes, kept", shape(2, 1, 1), x -> x.sum(true, 1, 2)));
        graphs.add(cube("mean over everything", shape(), x -> x.mean()));
        graphs.add(cube("mean over the last", shape(2, 3), x -> x.mean(2)));
        graphs.add(cube("mean over the first, kept", shape(1, 3, 4), x -> x.mean(true, 0)));
        graphs.add(cube("max over the last", shape(2, 3), x -> x.max(2)));
        graphs.add(cube("max over two axes", shape(3), x -> x.max(0, 2)));
        graphs.add(cube("max over the middle, kept", shape(2, 1, 4), x -> x.max(true, 1)));
    }

    private static void addProducts(List<StockGraph> graphs) {
        graphs.add(product("matmul", shape(2, 3), shape(3, 5), shape(2, 5), false, false));
        graphs.add(product("matmul, left transposed", shape(3, 2), shape(3, 5), shape(2, 5), true, false));
        graphs.add(product("matmul, right transposed", shape(2, 3), shape(5, 3), shape(2, 5), false, true));
        graphs.add(product("matmul, both transposed", shape(3, 2), shape(5, 3), shape(2, 5), true, true));
        graphs.add(product("matmul of rank 3", shape(4, 2, 3), shape(4, 3, 5), shape(4, 2, 5), false, false));
        graphs.add(product(
                "matmul of rank 3, left transposed", shape(4, 3, 2), shape(4, 3, 5), shape(4, 2, 5), true, false));
        graphs.add(product("matmul of rank 4", shape(2, 3, 2, 4), shape(2, 3, 4, 5), shape(2, 3, 2, 5), false, false));
        graphs.add(product(
                "matmul of rank 4, right transposed",
                shape(2, 3, 2, 4),
                shape(2, 3, 5, 4),
                shape(2, 3, 2, 5),
                false,
                true));
    }

    private static void addMovements(List<StockGraph> graphs) {
        graphs.add(new StockGraph(
                "concat", List.of(MATRIX, shape(2, 4)), shape(2, 7), (sd, p) -> sd.concat(1, p[0], p[1])));
        graphs.add(new StockGraph(
                "concat of three",
                List.of(MATRIX, shape(1, 3), shape(2, 3)),
                shape(5, 3),
                (sd, p) -> sd.concat(0, p[0], p[1], p[2])));
        graphs.add(
                new StockGraph("stack", List.of(MATRIX, MATRIX), shape(2, 2, 3), (sd, p) -> sd.stack(1, p[0], p[1])));
        graphs.add(new StockGraph("unstack", List.of(MATRIX), shape(2), (sd, p) -> {
            SDVariable[] columns = sd.unstack(p[0], 1, 3);
            return columns[0].mul(columns[2]);
        }));
        graphs.add(new StockGraph("split", List.of(shape(2, 6)), shape(2, 2), (sd, p) -> {
            SDVariable[] parts = sd.split(p[0], 3, 1);
            return parts[0].mul(parts[2]);
        }));
        graphs.add(cube("tile", shape(4, 3, 12), x -> x.getSameDiff().tile(x, 2, 1, 3)));
        graphs.add(new StockGraph(
                "strided slice",
                List.of(shape(4, 6)),
                shape(2, 3),
                (sd, p) -> sd.stridedSlice(p[0], new long[] {1, 0}, new long[] {3, 6}, new long[] {1, 2})));
        graphs.add(new StockGraph(
                "strided slice with masks",
                List.of(shape(4, 6)),
                shape(4, 2),
                (sd, p) ->
                        sd.stridedSlice(p[0], new long[] {1, 2}, new long[] {3, 4}, new long[] {1, 1}, 1, 1, 0, 0, 0)));
        graphs.add(new StockGraph(
                "a row's interval",
                List.of(shape(4, 6)),
                shape(3),
                (sd, p) -> p[0].get(SDIndex.point(1), SDIndex.interval(1, 4))));
        graphs.add(new StockGraph(
                "the last column",
                List.of(shape(4, 6)),
                shape(4),
                (sd, p) -> p[0].get(SDIndex.all(), SDIndex.point(-1))));
    }

    private static void addViews(List<StockGraph> graphs) {
        graphs.add(cube("reshape", shape(6, 4), x -> x.reshape(6, 4)));
        graphs.add(cube("reshape with a free side", shape(6, 4), x -> x.reshape(-1, 4)));
        graphs.add(cube("permute", shape(4, 2, 3), x -> x.permute(2, 0, 1)));
        graphs.add(cube(
                "reshape of a permute", shape(8, 3), x -> x.permute(2, 0, 1).reshape(8, 3)));
        graphs.add(cube(
                "permute of a permute", shape(3, 4, 2), x -> x.permute(2, 0, 1).permute(2, 0, 1)));
        graphs.add(cube("sum of a permute", shape(4, 3), x -> x.permute(2, 0, 1).sum(1)));
        graphs.add(cube(
                "softmax of a permute",
                shape(4, 2, 3),
                x -> x.getSameDiff().nn().softmax(x.permute(2, 0, 1), 2)));
        graphs.add(cube(
                "tanh of a permuted value",
                shape(4, 2, 3),
                x -> x.getSameDiff().math().tanh(x.add(1).permute(2, 0, 1))));
        graphs.add(new StockGraph("transpose", List.of(MATRIX), shape(3, 2), (sd, p) -> sd.transpose(p[0])));
        graphs.add(cube("expand dims", shape(2, 1, 3, 4), x -> x.getSameDiff().expandDims(x, 1)));
        graphs.add(new StockGraph("squeeze", List.of(shape(2, 1, 3)), MATRIX, (sd, p) -> sd.squeeze(p[0], 1)));
        graphs.add(unary("identity", x -> x.getSameDiff().identity(x)));
    }

    private static void addCompositions(List<StockGraph> graphs) {
        graphs.add(new StockGraph(
                "attention of stock operations",
                List.of(shape(2, 3, 4), shape(4, 4), shape(4, 4), shape(4, 4)),
                shape(2, 3, 4),
                StockGraphs::attention));
        graphs.add(new StockGraph(
                "two layers and a shared weight", List.of(shape(5, 4), shape(4, 4), shape(4)), shape(5, 4), (sd, p) -> {
                    SDVariable hidden = sd.math().tanh(p[0].mmul(p[1]).add(p[2]));
                    return hidden.mmul(p[1]).sub(hidden.mean(true, 1));
                }));
    }

    private static SDVariable attention(SameDiff graph, SDVariable[] parameters) {
        SDVariable rows = parameters[0].reshape(6, 4);
        SDVariable query = rows.mmul(parameters[1]).reshape(2, 3, 2, 2).permute(0, 2, 1, 3);
        SDVariable key = rows.mmul(parameters[2]).reshape(2, 3, 2, 2).permute(0, 2, 1, 3);
        SDVariable value = rows.mmul(parameters[3]).reshape(2, 3, 2, 2).permute(0, 2, 1, 3);
        SDVariable scores = graph.mmul(query, key, false, true, false);
        SDVariable mixed = graph.nn().softmax(scores, 3).mmul(value);
        return mixed.permute(0, 2, 1, 3).reshape(2, 3, 4);
    }

    private static StockGraph binary(String name, long[] left, long[] right, StockGraph.Body body) {
        return new StockGraph(name, List.of(left, right), left, body);
    }

    private static StockGraph unary(String name, UnaryOperator<SDVariable> function) {
        return new StockGraph(name, List.of(MATRIX), MATRIX, (sd, p) -> function.apply(p[0]));
    }

    private static StockGraph cube(String name, long[] output, UnaryOperator<SDVariable> function) {
        return new StockGraph(name, List.of(CUBE), output, (sd, p) -> function.apply(p[0]));
    }

    private static StockGraph product(
            String name, long[] left, long[] right, long[] output, boolean leftTransposed, boolean rightTransposed) {
        return new StockGraph(
                name,
                List.of(left, right),
                output,
                (sd, p) -> sd.mmul(p[0], p[1], leftTransposed, rightTransposed, false));
    }

    private static SDVariable positive(SDVariable x) {
        return x.mul(x).add(0.5);
    }

    private static long[] shape(long... sides) {
        return sides;
    }
}
