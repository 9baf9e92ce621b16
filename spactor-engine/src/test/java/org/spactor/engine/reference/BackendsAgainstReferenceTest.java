package org.spactor.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel of every backend computes in float32 what the reference backend computes in float64. */
class BackendsAgainstReferenceTest {
    static List<Arguments> graphs() {
        List<Arguments> arguments = new ArrayList<>();
        for (Backend backend : Backend.allButTheReference()) {
            for (GraphCase graph : OperationGraphs.all()) {
                arguments.add(Arguments.of(backend, graph));
            }
            for (StockGraph graph : StockGraphs.all()) {
                arguments.add(Arguments.of(backend, graph.asCase()));
            }
            arguments.add(Arguments.of(backend, OperationGraphs.wideBlock()));
        }
        return arguments;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("graphs")
    void resultsAreTheSame(Backend backend, GraphCase graph) {
        assertThat(KernelComparison.compare(graph, backend))
                .isNotEmpty()
                .allSatisfy(
                        result -> assertThat(result.error()).as(result.name()).isLessThan(1e-5));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("graphs")
    void resultsOfAnEvaluationAreTheSame(Backend backend, GraphCase graph) {
        assertThat(KernelComparison.compareEvaluation(graph, backend))
                .isNotEmpty()
                .allSatisfy(
                        result -> assertThat(result.error()).as(result.name()).isLessThan(1e-5));
    }
}
