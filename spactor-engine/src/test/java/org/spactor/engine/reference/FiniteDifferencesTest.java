package org.spactor.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiniteDifferencesTest {
    private static final GraphCase GRAPH = OperationGraphs.differentiable().get(0);

    @Test
    void rightGradientAgrees() {
        assertThat(FiniteDifferences.of(GRAPH)).allMatch(difference -> difference.error() < 1e-6);
    }

    @Test
    void gradientThatIsOffByAThousandthIsFound() {
        Kernel right = Kernels.standard().get("embedding-gradient");
        Kernel wrong = call -> {
            right.execute(call);
            double[] gradient = call.output(0).reals();
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= 1.001;
            }
            call.output(0).write(gradient);
        };

        Kernels kernels = Kernels.standard().with("embedding-gradient", wrong);

        assertThat(FiniteDifferences.of(GRAPH, kernels)).anyMatch(difference -> difference.error() > 5e-4);
    }

    @Test
    void outputThatIsNotWrittenIsFound() {
        Kernels kernels = Kernels.standard().with("embedding-gradient", call -> {});

        assertThat(FiniteDifferences.of(GRAPH, kernels)).allMatch(difference -> Double.isNaN(difference.error()));
    }
}
