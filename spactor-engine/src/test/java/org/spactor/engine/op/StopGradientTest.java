package org.spactor.engine.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spactor.engine.reference.FiniteDifferences;
import org.spactor.engine.reference.FiniteDifferences.Difference;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.OperationGraphs;

class StopGradientTest {
    @Test
    void noGradientFlowsToAParameter() {
        assertStopsBefore("stopped", "stop-gradient of a parameter");
    }

    @Test
    void noGradientFlowsThroughALayer() {
        assertStopsBefore("stopped", "stop-gradient of a layer");
    }

    @Test
    void theOtherUseOfTheValueKeepsItsGradient() {
        List<Difference> differences = FiniteDifferences.of(graph("stop-gradient of one of two uses"));

        // the derivative of stop(y) · y is y where that of y · y is 2y
        assertThat(differences)
                .allSatisfy(difference ->
                        assertThat(difference.gradient()).isCloseTo(difference.numeric() / 2, within(1e-6)));
    }

    private static void assertStopsBefore(String prefix, String name) {
        List<Difference> differences = FiniteDifferences.of(graph(name));

        assertThat(differences)
                .filteredOn(difference -> difference.parameter().startsWith(prefix))
                .isNotEmpty()
                .allSatisfy(difference -> assertThat(difference.gradient()).isZero())
                .anySatisfy(difference -> assertThat(difference.numeric()).isNotZero());
        assertThat(differences)
                .filteredOn(difference -> !difference.parameter().startsWith(prefix))
                .isNotEmpty()
                .allSatisfy(difference -> assertThat(difference.error()).isLessThan(1e-6));
    }

    private static GraphCase graph(String name) {
        return OperationGraphs.all().stream()
                .filter(graph -> graph.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
