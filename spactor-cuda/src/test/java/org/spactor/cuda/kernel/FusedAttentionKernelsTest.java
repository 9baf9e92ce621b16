package org.spactor.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.cuda.CudaBackend;
import org.spactor.cuda.emulator.EmulatedCard;
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

/**
 * Attention on tensor cores against loops in float64. Probabilities and gradients of scores are rounded to bfloat16 before
 * they are multiplied, which is half a unit in the last place of each term: the results are held to one unit of the greatest.
 */
class FusedAttentionKernelsTest {
    /** A unit in the last place of bfloat16. */
    private static final double ROUNDING = 1.0 / 256;

    private static final PlanCompiler COMPILER =
            new PlanCompiler(new CompilerSettings(Precision.BFLOAT16, Recompute.NONE, true));

    private static Backend backend;

    @BeforeAll
    static void openCard() {
        CudaBackend cuda = EmulatedCard.open();
        backend = new Backend("cuda", plan -> new ProgramRunner(cuda, plan));
    }

    static List<GraphCase> graphs() {
        return FusedAttentionGraphs.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void resultsAreThoseOfFloat64ButForRounding(GraphCase graphCase) {
        assertThat(gradients(graphCase))
                .isNotEmpty()
                .allSatisfy(
                        result -> assertThat(result.error()).as(result.name()).isLessThan(ROUNDING));
    }

    /** Here what goes into attention and comes out of it is rounded too, twice one behind the other. */
    @Test
    void layersComputeTheSameButForRounding() {
        assertThat(gradients(FusedAttentionGraphs.layers()))
                .isNotEmpty()
                .allSatisfy(
                        result -> assertThat(result.error()).as(result.name()).isLessThan(4 * ROUNDING));
    }

    /** All gradients, the factors' among them, which is what attention mixed; the loss is a sum whose terms cancel. */
    private static List<KernelComparison.Result> gradients(GraphCase graphCase) {
        ModelGraph graph = graphCase.declare(true);
        Plan plan = COMPILER.training(graph);
        List<KernelComparison.Result> results = new ArrayList<>(
                KernelComparison.compare(plan, backend, FusedAttentionGraphs.inputs(graphCase, graph)::feed));
        results.removeIf(result -> !result.name().startsWith("gradient."));
        return results;
    }
}
