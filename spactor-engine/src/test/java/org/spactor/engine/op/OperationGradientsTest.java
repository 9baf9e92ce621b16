package org.spactor.engine.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.engine.reference.FiniteDifferences;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.OperationGraphs;

class OperationGradientsTest {
    static List<GraphCase> graphs() {
        return OperationGraphs.differentiable();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void gradientIsTheFiniteDifference(GraphCase graph) {
        assertThat(FiniteDifferences.of(graph))
                .isNotEmpty()
                .allSatisfy(difference ->
                        assertThat(difference.error()).as(difference.toString()).isLessThan(1e-6));
    }
}
