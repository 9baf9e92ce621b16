package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Plan;

class BFloat16OperandsTest {
    private static final PlanCompiler COMPILER =
            new PlanCompiler(new CompilerSettings(Precision.BFLOAT16, Recompute.NONE));

    @Test
    void aValueIsRoundedOnceHoweverManyProductsReadIt() {
        ModelGraph graph = graph();
        Value x = embedded(graph);
        Value first = graph.linear(x, parameter(graph, "first", 8, 8));
        Value second = graph.linear(x, parameter(graph, "second", 8, 8));
        loss(graph, graph.gatedGelu(first, second));

        Plan plan = COMPILER.evaluation(graph);

        assertThat(roundings(plan)).hasSize(1);
    }

    @Test
    void aProductThatOnlyProductsReadIsWrittenAsBFloat16() {
        ModelGraph graph = graph();
        Value hidden = graph.linear(embedded(graph), parameter(graph, "first", 8, 8));
        loss(graph, graph.linear(hidden, parameter(graph, "second", 8, 8)));

        Plan plan = COMPILER.evaluation(graph);

        assertThat(roundings(plan)).hasSize(1);
        assertThat(plan.instructions())
                .filteredOn(instruction -> instruction.kind().equals(Kinds.LINEAR))
                .extracting(instruction -> instruction.output(0).buffer().type())
                .containsExactly(ElementType.BFLOAT16, ElementType.FLOAT32);
    }

    @Test
    void gradientsOfParametersAreFloat32() {
        ModelGraph graph = graph();
        loss(graph, graph.linear(embedded(graph), parameter(graph, "weight", 8, 8)));

        Plan plan = COMPILER.training(graph);

        assertThat(plan.results().values())
                .allSatisfy(result -> assertThat(result.buffer().type()).isEqualTo(ElementType.FLOAT32));
    }

    private static List<Instruction> roundings(Plan plan) {
        return plan.instructions().stream()
                .filter(instruction -> instruction.kind().equals(Kinds.TO_BFLOAT16))
                .toList();
    }

    private static ModelGraph graph() {
        return new ModelGraph(FeatureLengths.ofSegment(5), Vocabulary.sample(5, 3, 8), 2, true);
    }

    private static Value embedded(ModelGraph graph) {
        return graph.embedding(parameter(graph, "table", 8, 8), graph.feature(Feature.INPUTS));
    }

    private static Value parameter(ModelGraph graph, String name, long... shape) {
        return graph.parameter(name, Initializer.normal(1), shape);
    }

    private static void loss(ModelGraph graph, Value logits) {
        graph.loss("loss", graph.crossEntropy(logits, graph.feature(Feature.INPUTS), 0));
    }
}
