package org.spactor.runner.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.api.objective.Objective;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.PlanRunner;
import org.spactor.engine.reference.ProgramRunner;
import org.spactor.models.t5.T5;
import org.spactor.objectives.objective.SpanCorruptionObjective;

/** What no active loss needs is neither declared nor executed. */
class ActiveLossesTest {
    private static final Set<String> SPAN_CORRUPTION = Set.of("sc");
    private static final Set<String> WITHOUT_DETECTION = Set.of("mlm", "sc");

    private final T5 t5 = TinyHybrid.version11(false);
    private final Objective hybrid = TinyHybrid.objective();
    private final Objective spanCorruption = new SpanCorruptionObjective();

    @BeforeAll
    static void useOneThreadPerCall() {
        NativeLibraries.useOneThreadPerCall();
    }

    /** Every non-empty set of losses. */
    static Stream<Set<String>> sets() {
        return Stream.of(
                Set.of("mlm"),
                Set.of("rtd"),
                SPAN_CORRUPTION,
                Set.of("mlm", "rtd"),
                WITHOUT_DETECTION,
                Set.of("rtd", "sc"),
                TinyHybrid.ALL_LOSSES);
    }

    @Test
    void spanCorruptionAloneDeclaresWhatTheObjectiveSpanCorruptionDeclares() {
        ModelGraph alone = declare(hybrid, SPAN_CORRUPTION);
        ModelGraph expected = declare(spanCorruption, SPAN_CORRUPTION);

        assertThat(alone.parameters().values())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(expected.parameters().values());
        assertThat(alone.features().keySet())
                .containsExactlyElementsOf(expected.features().keySet());
        assertThat(alone.metrics()).isEmpty();
        assertThat(alone.parameters().keySet())
                .noneMatch(ActiveLossesTest::isGenerators)
                .noneMatch(ActiveLossesTest::isDiscriminators);
    }

    @Test
    void spanCorruptionAloneHasThePlanOfTheObjectiveSpanCorruption() {
        Plan alone = new PlanCompiler().training(declare(hybrid, SPAN_CORRUPTION));
        Plan expected = new PlanCompiler().training(declare(spanCorruption, SPAN_CORRUPTION));

        // kinds, attributes, shapes, strides and places of every operand
        assertThat(alone).usingRecursiveComparison().isEqualTo(expected);
        assertThat(alone.instructions()).isNotEmpty();
    }

    @Test
    void spanCorruptionAloneGivesTheSameBitsAsTheObjectiveSpanCorruption() {
        GraphCase graphCase = TinyHybrid.graph(t5, hybrid, SPAN_CORRUPTION);
        ModelGraph graph = graphCase.declare(true);
        Plan plan = new PlanCompiler().training(graph);
        PlanRunner alone = run(plan, graphCase, graph);
        GraphCase expectedCase = TinyHybrid.graph(t5, spanCorruption, SPAN_CORRUPTION);
        ModelGraph expectedGraph = expectedCase.declare(true);
        PlanRunner expected = run(new PlanCompiler().training(expectedGraph), expectedCase, expectedGraph);

        assertThat(plan.results()).containsKey(PlanNames.gradientOf(T5.TOKEN_EMBEDDING));
        for (String result : plan.results().keySet()) {
            assertThat(alone.result(result)).as(result).containsExactly(expected.result(result));
        }
    }

    @Test
    void allLossesNeedGeneratorHeadAndDecoder() {
        ModelGraph graph = declare(hybrid, TinyHybrid.ALL_LOSSES);
        Plan plan = new PlanCompiler().training(graph);

        assertThat(graph.losses().keySet()).containsExactlyInAnyOrder("mlm", "rtd", "sc");
        assertThat(graph.metrics().keySet())
                .containsExactlyInAnyOrder(
                        "accuracy.mlm", "accuracy.rtd", "precision.rtd", "recall.rtd", "share.replaced");
        assertThat(graph.parameters().keySet())
                .contains(
                        "shared.weight",
                        "generator.block.0.layer.0.SelfAttention.q.weight",
                        "generator.head.dense.weight",
                        "discriminator.dense.weight",
                        "discriminator.output.weight",
                        "lm_head.weight");
        assertThat(plan.results().keySet())
                .containsAll(graph.parameters().keySet().stream()
                        .map(PlanNames::gradientOf)
                        .toList());
        assertThat(kinds(plan)).contains("sample-categorical", "replace-tokens", "replacement-labels");
    }

    @Test
    void withoutDetectionTheEncoderStillReadsReplacedTokensButThereIsNoHead() {
        ModelGraph graph = declare(hybrid, WITHOUT_DETECTION);

        assertThat(graph.parameters().keySet())
                .anyMatch(ActiveLossesTest::isGenerators)
                .noneMatch(ActiveLossesTest::isDiscriminators);
        assertThat(kinds(new PlanCompiler().training(graph)))
                .contains("sample-categorical", "replace-tokens")
                .doesNotContain("replacement-labels");
    }

    @Test
    void theGeneratorsLossAloneRunsNeitherEncoderNorDecoder() {
        Plan plan = new PlanCompiler().training(declare(hybrid, Set.of("mlm")));

        assertThat(parameters(plan)).allMatch(name -> isGenerators(name) || name.equals(T5.TOKEN_EMBEDDING));
    }

    @Test
    void withoutItsLossTheGeneratorRunsForwardOnly() {
        Plan evaluation = new PlanCompiler().evaluation(declare(hybrid, Set.of("mlm")));
        Plan withGenerator = new PlanCompiler().training(declare(hybrid, Set.of("rtd", "sc")));
        Plan withItsLoss = new PlanCompiler().training(declare(hybrid, TinyHybrid.ALL_LOSSES));

        assertThat(withItsLoss.flops() - withGenerator.flops()).isEqualTo(2 * evaluation.flops());
    }

    @ParameterizedTest
    @MethodSource("sets")
    void countingTokensNeedsNoParameterAndNoProduct(Set<String> losses) {
        Plan counts = new PlanCompiler().counts(declare(hybrid, losses));

        assertThat(counts.results().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        losses.stream().map(PlanNames::countOf).toList());
        assertThat(counts.flops()).isZero();
        assertThat(parameters(counts)).isEmpty();
        assertThat(kinds(counts)).doesNotContain("sample-categorical", "attention", "embedding");
    }

    private ModelGraph declare(Objective objective, Set<String> losses) {
        return TinyHybrid.graph(t5, objective, losses).declare(true);
    }

    private static PlanRunner run(Plan plan, GraphCase graphCase, ModelGraph graph) {
        PlanRunner runner = new ProgramRunner(Nd4jBackend.create(), plan);
        TinyHybrid.inputs(graphCase, graph).feed(runner);
        runner.run();
        return runner;
    }

    private static Stream<String> kinds(Plan plan) {
        return plan.instructions().stream().map(Instruction::kind);
    }

    /** Names of the parameters that a plan reads. */
    private static Stream<String> parameters(Plan plan) {
        return plan.buffers().stream()
                .map(Buffer::storage)
                .filter(Buffer.Storage.Parameter.class::isInstance)
                .map(storage -> ((Buffer.Storage.Parameter) storage).name());
    }

    private static boolean isGenerators(String parameter) {
        return parameter.startsWith("generator.");
    }

    private static boolean isDiscriminators(String parameter) {
        return parameter.startsWith("discriminator.");
    }
}
