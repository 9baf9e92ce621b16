package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.reference.Backend;
import org.spactor.engine.reference.FusedAttentionGraphs;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.KernelComparison;
import org.spactor.engine.reference.OperationGraphs;
import org.spactor.engine.reference.RandomInputs;
import org.spactor.engine.reference.ReferencePlan;

class FusedAttentionTest {
    private static final CompilerSettings PLAIN = new CompilerSettings(Precision.BFLOAT16, Recompute.NONE);

    static List<GraphCase> graphs() {
        List<GraphCase> graphs = new ArrayList<>(FusedAttentionGraphs.all());
        graphs.add(FusedAttentionGraphs.layers());
        return graphs;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void resultsAreThoseOfAttentionThatKeepsItsProbabilities(GraphCase graphCase) {
        ModelGraph graph = graphCase.declare(true);
        Plan plain = new PlanCompiler(PLAIN).training(graph);
        Plan fused = new PlanCompiler(PLAIN.fusingAttention(true)).training(graph);
        Backend keepsProbabilities = new Backend("keeps probabilities", plan -> new ReferencePlan(plain));

        assertThat(kinds(fused)).contains(Kinds.FUSED_ATTENTION, Kinds.FUSED_ATTENTION_GRADIENT);
        assertThat(kinds(fused)).doesNotContain(Kinds.ATTENTION, Kinds.ATTENTION_GRADIENT);
        assertThat(KernelComparison.compare(fused, keepsProbabilities, RandomInputs.of(graphCase, graph)::feed))
                .isNotEmpty()
                .allSatisfy(
                        result -> assertThat(result.error()).as(result.name()).isLessThan(1e-6));
    }

    @Test
    void noMatrixOfScoresIsInMemory() {
        ModelGraph graph = graphs().get(0).declare(true);

        Plan plain = new PlanCompiler(PLAIN).training(graph);
        Plan fused = new PlanCompiler(PLAIN.fusingAttention(true)).training(graph);

        long scores = 3L * 2 * 150 * 150;
        assertThat(plain.buffers()).anyMatch(buffer -> buffer.elements() == scores);
        assertThat(fused.buffers()).noneMatch(buffer -> buffer.elements() >= scores);
    }

    @ParameterizedTest
    @EnumSource
    void attentionStaysAsItIsUnlessThatWasAskedFor(Precision precision) {
        ModelGraph graph = graphs().get(0).declare(true);

        assertThat(kinds(new PlanCompiler(new CompilerSettings(precision, Recompute.NONE)).training(graph)))
                .contains(Kinds.ATTENTION, Kinds.ATTENTION_GRADIENT)
                .doesNotContainAnyElementsOf(Kinds.onRequest());
    }

    @Test
    void attentionOnFloat32StaysAsItIs() {
        ModelGraph graph = graphs().get(0).declare(true);

        assertThat(kinds(new PlanCompiler(CompilerSettings.STANDARD.fusingAttention(true)).training(graph)))
                .contains(Kinds.ATTENTION, Kinds.ATTENTION_GRADIENT)
                .doesNotContainAnyElementsOf(Kinds.onRequest());
    }

    @Test
    void attentionOfHeadsOfAnotherWidthStaysAsItIs() {
        ModelGraph graph = OperationGraphs.wideBlock().declare(true);

        assertThat(kinds(new PlanCompiler(PLAIN.fusingAttention(true)).training(graph)))
                .contains(Kinds.ATTENTION, Kinds.ATTENTION_GRADIENT)
                .doesNotContainAnyElementsOf(Kinds.onRequest());
    }

    private static List<String> kinds(Plan plan) {
        return plan.instructions().stream().map(Instruction::kind).toList();
    }
}
