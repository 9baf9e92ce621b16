package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.graph.Differentiation;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.OperationGraphs;
import org.spactor.engine.reference.StockGraph;
import org.spactor.engine.reference.StockGraphs;

/** The shapes that the compiler gives SameDiff's own operations are those that ND4J gives them. */
class StockShapesTest {
    static List<GraphCase> graphs() {
        List<GraphCase> graphs = new ArrayList<>(OperationGraphs.all());
        StockGraphs.all().stream().map(StockGraph::asCase).forEach(graphs::add);
        return graphs;
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void shapesAreNd4js(GraphCase graph) {
        assertThat(comparisons(graph))
                .allSatisfy(comparison -> assertThat(comparison.ours())
                        .as(comparison.node().toString())
                        .isEqualTo(comparison.nd4js()));
    }

    /** Operations of one operand that ND4J has only in its older form have no question to compare with. */
    @Test
    void nearlyAllKindsAreCompared() {
        Set<String> kinds = new TreeSet<>();
        graphs().forEach(graph -> comparisons(graph)
                .forEach(comparison -> kinds.add(comparison.node().kind())));
        Set<String> older = Set.of(
                Kinds.STOCK_ABS,
                Kinds.STOCK_COS,
                Kinds.STOCK_EXP,
                Kinds.STOCK_GELU,
                Kinds.STOCK_GELU_DERIVATIVE,
                Kinds.STOCK_LOG,
                Kinds.STOCK_NEG,
                Kinds.STOCK_SIGMOID,
                Kinds.STOCK_SIGN,
                Kinds.STOCK_SIN,
                Kinds.STOCK_TANH,
                Kinds.STOCK_REDUCE_MAX,
                Kinds.STOCK_REDUCE_MEAN,
                Kinds.STOCK_REDUCE_SUM);

        assertThat(kinds)
                .containsAll(StockOperations.kinds().stream()
                        .filter(kind -> !older.contains(kind))
                        .toList());
    }

    @Test
    void everyKindIsListed() {
        List<String> listed = new ArrayList<>(Kinds.executed());
        listed.addAll(Kinds.views());

        assertThat(StockOperations.kinds())
                .containsExactlyInAnyOrderElementsOf(
                        listed.stream().filter(Kinds::isStock).toList());
    }

    private static List<Comparison> comparisons(GraphCase graph) {
        ModelGraph model = graph.declare(true);
        Differentiation differentiation = Differentiation.of(model);
        Map<String, SDVariable> wanted = new LinkedHashMap<>(differentiation.gradients());
        Listing listing = Lowering.lower(
                differentiation.graph(), wanted, model.parameters().keySet());
        Map<String, long[]> shapes = new HashMap<>();
        listing.nodes().forEach(node -> {
            node.inputs().forEach(input -> shapes.put(input.name(), input.shape()));
            node.outputs().forEach(output -> shapes.put(output.name(), output.shape()));
        });
        List<Comparison> comparisons = new ArrayList<>();
        for (Node node : listing.nodes()) {
            List<String> inputs =
                    differentiation.graph().getOps().get(node.name()).getInputsToOp();
            boolean asks = differentiation.graph().getOps().get(node.name()).getOp() instanceof DynamicCustomOp
                    && Kinds.isStock(node.kind())
                    && shapes.keySet().containsAll(inputs);
            if (asks) {
                comparisons.add(new Comparison(
                        node,
                        node.outputs().stream()
                                .map(output -> sides(output.shape()))
                                .toList(),
                        nd4js(differentiation.graph(), node.name(), shapes)));
            }
        }
        return comparisons;
    }

    private static List<List<Long>> nd4js(SameDiff graph, String name, Map<String, long[]> shapes) {
        DynamicCustomOp operation = (DynamicCustomOp) graph.getOps().get(name).getOp();
        OpContext context = Nd4j.getExecutioner().buildContext();
        INDArray[] arrays = graph.getOps().get(name).getInputsToOp().stream()
                .map(input -> Nd4j.zeros(DataType.FLOAT, shapes.get(input)))
                .toArray(INDArray[]::new);
        context.setArgs(arrays, operation.iArgs(), operation.dArgs(), operation.tArgs(), operation.bArgs());
        return operation.calculateOutputShape(context).stream()
                .map(LongShapeDescriptor::getShape)
                .map(StockShapesTest::sides)
                .toList();
    }

    private static List<Long> sides(long[] shape) {
        List<Long> sides = new ArrayList<>();
        for (long side : shape) {
            sides.add(side);
        }
        return sides;
    }

    /**
     * Two answers.
     *
     * @param ours the compiler's
     * @param nd4js ND4J's
     */
    private record Comparison(Node node, List<List<Long>> ours, List<List<Long>> nd4js) {}
}
