package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.engine.graph.Differentiation;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.OperationGraphs;

/** What the operations say of themselves fits what they are. */
class TraitsTest {
    static List<GraphCase> graphs() {
        return OperationGraphs.differentiable();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void whatMultipliesMatricesSaysOfWhichOperands(GraphCase graph) {
        assertThat(ownNodes(graph))
                .allSatisfy(node -> assertThat(node.traits().operands())
                        .as(node.kind())
                        .hasSizeGreaterThanOrEqualTo(node.flops() > 0 ? 2 : 0)
                        .hasSizeLessThanOrEqualTo(
                                node.flops() > 0 ? node.inputs().size() : 0));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void traitsSpeakOfInputsAndOutputsThatAreThere(GraphCase graph) {
        assertThat(ownNodes(graph)).allSatisfy(node -> {
            assertThat(node.inputs())
                    .hasSizeGreaterThanOrEqualTo(count(node.traits().operands()));
            assertThat(node.outputs())
                    .hasSizeGreaterThanOrEqualTo(count(node.traits().products()));
            assertThat(node.outputs())
                    .hasSizeGreaterThanOrEqualTo(count(node.traits().accumulating()));
            assertThat(node.inputs())
                    .hasSizeGreaterThanOrEqualTo(
                            count(Set.copyOf(node.traits().inPlace().values())));
            assertThat(node.outputs())
                    .hasSizeGreaterThanOrEqualTo(count(node.traits().inPlace().keySet()));
        });
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void onlyFloatsAreOperandsOfProducts(GraphCase graph) {
        assertThat(ownNodes(graph))
                .allSatisfy(node -> assertThat(node.traits().operands())
                        .allSatisfy(input ->
                                assertThat(node.inputs().get(input).type()).isEqualTo(ElementType.FLOAT32)));
    }

    private static List<Node> ownNodes(GraphCase graph) {
        ModelGraph model = graph.declare(true);
        Map<String, SDVariable> wanted =
                new LinkedHashMap<>(Differentiation.of(model).gradients());
        Listing listing = Lowering.lower(
                wanted.values().iterator().next().getSameDiff(),
                wanted,
                model.parameters().keySet());
        return listing.nodes().stream()
                .filter(node -> !Kinds.isStock(node.kind()))
                .toList();
    }

    /** How many inputs or outputs there must be for all indices to be valid. */
    private static int count(Set<Integer> indices) {
        return indices.stream().mapToInt(index -> index + 1).max().orElse(0);
    }
}
