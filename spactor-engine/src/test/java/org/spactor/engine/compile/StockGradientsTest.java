package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.engine.reference.FiniteDifferences;
import org.spactor.engine.reference.StockGraph;
import org.spactor.engine.reference.StockGraphs;

/** The claim behind the list of verified operations. */
class StockGradientsTest {
    static List<StockGraph> graphs() {
        return StockGraphs.all();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void gradientIsTheFiniteDifference(StockGraph graph) {
        assertThat(FiniteDifferences.of(graph.asCase()))
                .isNotEmpty()
                .allSatisfy(difference ->
                        assertThat(difference.error()).as(difference.toString()).isLessThan(1e-6));
    }
}
