package org.spactor.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.cuda.emulator.EmulatedCard;
import org.spactor.engine.reference.Backend;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.KernelComparison;
import org.spactor.engine.reference.ProgramRunner;

/** Every kernel, played on the CPU, computes in float32 what the reference backend computes in float64. */
class CudaKernelsTest {
    private static Backend backend;

    @BeforeAll
    static void openCard() {
        CudaBackend cuda = EmulatedCard.open();
        backend = new Backend("cuda", plan -> new ProgramRunner(cuda, plan));
    }

    static List<GraphCase> graphs() {
        return Graphs.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void resultsAreTheSame(GraphCase graph) {
        assertThat(KernelComparison.compare(graph, backend))
                .isNotEmpty()
                .allSatisfy(
                        result -> assertThat(result.error()).as(result.name()).isLessThan(1e-5));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void resultsOfAnEvaluationAreTheSame(GraphCase graph) {
        assertThat(KernelComparison.compareEvaluation(graph, backend))
                .isNotEmpty()
                .allSatisfy(
                        result -> assertThat(result.error()).as(result.name()).isLessThan(1e-5));
    }
}
