package org.spactor.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.cuda.CudaBackend;
import org.spactor.cuda.emulator.EmulatedDevice;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.reference.Backend;
import org.spactor.engine.reference.FusedAttentionGraphs;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.KernelComparison;
import org.spactor.engine.reference.ProgramRunner;
import org.spactor.engine.reference.RandomInputs;

/**
 * Attention on tensor cores against loops in float64. Probabilities and gradients of scores are rounded to bfloat16 before
 * they are multiplied, so the results differ by what that leaves: 2⁻⁹ of a term at most.
 */
class FusedAttentionKernelsTest {
    private static final CudaBackend CUDA = new CudaBackend(EmulatedDevice.create());
    private static final Backend BACKEND = new Backend("cuda", plan -> new ProgramRunner(CUDA, plan));
    private static final PlanCompiler COMPILER =
            new PlanCompiler(new CompilerSettings(Precision.BFLOAT16, Recompute.NONE, true));

    static List<GraphCase> graphs() {
        return FusedAttentionGraphs.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void resultsAreThoseOfFloat64ButForRounding(GraphCase graphCase) {
        ModelGraph graph = graphCase.declare(true);
        Plan plan = COMPILER.training(graph);

        assertThat(KernelComparison.compare(plan, BACKEND, RandomInputs.of(graphCase, graph)::feed))
                .isNotEmpty()
                .allSatisfy(
                        result -> assertThat(result.error()).as(result.name()).isLessThan(4e-3));
    }
}
