package org.spactor.runner.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.objective.Objective;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.reference.FiniteDifferences;
import org.spactor.engine.reference.FiniteDifferences.Difference;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.PlanRunner;
import org.spactor.engine.reference.RandomInputs;
import org.spactor.engine.reference.ReferencePlan;
import org.spactor.objectives.objective.SpactorOptions;

/**
 * Gradients of the hybrid objective, in float64. What is drawn from the generator is a step function of its parameters, so
 * that finite differences too find no gradient through the draw, unless a step lies between the two points.
 */
class HybridGradientsTest {
    private static final Set<String> WITHOUT_GENERATOR_LOSS = Set.of("rtd", "sc");
    private static final String SHARED = "shared.weight";
    private static final String OWN = "generator.embedding.weight";

    static List<Model> models() {
        return List.of(
                new Model("T5 1.1, shared embedding", TinyHybrid.version11(false), TinyHybrid.objective()),
                new Model("T5 1.1, own embedding", TinyHybrid.version11(true), TinyHybrid.objective()),
                new Model("T5 1.1, dropout", TinyHybrid.version11WithDropout(), TinyHybrid.objective()),
                new Model(
                        "T5 1.0, narrow generator, linear head",
                        TinyHybrid.version10(false),
                        TinyHybrid.objective(0.7, SpactorOptions.Head.LINEAR, true)),
                new Model(
                        "T5 1.0, narrow generator, own embedding", TinyHybrid.version10(true), TinyHybrid.objective()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyGradientIsTheFiniteDifference(Model model) {
        GraphCase graphCase = TinyHybrid.graph(model.architecture(), model.objective(), TinyHybrid.ALL_LOSSES);
        ModelGraph graph = graphCase.declare(true);

        List<Difference> differences = FiniteDifferences.of(graph, TinyHybrid.inputs(graphCase, graph));

        assertThat(differences)
                .extracting(Difference::parameter)
                .containsAll(graph.parameters().keySet());
        assertThat(differences)
                .allSatisfy(difference ->
                        assertThat(difference.error()).as(difference.toString()).isLessThan(1e-6));
        assertThat(graph.parameters().keySet())
                .allSatisfy(parameter -> assertThat(differences)
                        .as(parameter)
                        .anyMatch(
                                difference -> difference.parameter().equals(parameter) && difference.gradient() != 0));
    }

    @Test
    void someDrawnTokensAreReplacementsSoThatDetectionHasBothAnswers() {
        PlanRunner plan = run(TinyHybrid.version11(false), TinyHybrid.objective(), TinyHybrid.ALL_LOSSES, Map.of());

        assertThat(plan.result(PlanNames.sumOf("share.replaced"))[0]).isBetween(1.0, (double) TinyHybrid.MASKED);
    }

    @Test
    void lossesAreMeansOverMaskedOrdinaryAndTargetTokens() {
        PlanRunner plan = run(TinyHybrid.version11(false), TinyHybrid.objective(), TinyHybrid.ALL_LOSSES, Map.of());

        assertThat(plan.result(PlanNames.countOf("mlm"))).containsExactly(TinyHybrid.MASKED);
        assertThat(plan.result(PlanNames.countOf("rtd"))).containsExactly(TinyHybrid.ORDINARY_INPUTS);
        assertThat(plan.result(PlanNames.countOf("sc"))).containsExactly(TinyHybrid.REAL_TARGETS);
    }

    @Test
    void detectionCountsSentinelsAndEndIfAskedTo() {
        Objective objective = TinyHybrid.objective(1, SpactorOptions.Head.DENSE, true);

        PlanRunner plan = run(TinyHybrid.version11(false), objective, TinyHybrid.ALL_LOSSES, Map.of());

        assertThat(plan.result(PlanNames.countOf("rtd"))).containsExactly(TinyHybrid.REAL_INPUTS);
    }

    @ParameterizedTest
    @MethodSource("models")
    void theGeneratorLearnsFromItsOwnLossAlone(Model model) {
        Map<String, double[]> hybrid = gradients(model, TinyHybrid.ALL_LOSSES, Map.of());
        Map<String, double[]> alone = gradients(model, Set.of("mlm"), Map.of());

        assertThat(alone.keySet()).anyMatch(HybridGradientsTest::isGenerators);
        alone.forEach((parameter, gradient) -> {
            if (isGenerators(parameter)) {
                assertThat(hybrid.get(parameter)).as(parameter).containsExactly(gradient);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("models")
    void withoutTheGeneratorsLossItsParametersHaveNoGradient(Model model) {
        assertThat(gradients(model, WITHOUT_GENERATOR_LOSS, Map.of()).keySet())
                .noneMatch(HybridGradientsTest::isGenerators)
                .contains(SHARED, "discriminator.output.weight");
    }

    @ParameterizedTest
    @MethodSource("models")
    void withTheGeneratorsLossAtWeightZeroItsGradientsAreZero(Model model) {
        Map<String, double[]> gradients = gradients(model, TinyHybrid.ALL_LOSSES, Map.of("mlm", 0.0));

        gradients.forEach((parameter, gradient) -> {
            if (isGenerators(parameter)) {
                assertThat(gradient).as(parameter).containsOnly(0.0);
            } else {
                assertThat(Arrays.stream(gradient).boxed()).as(parameter).anyMatch(element -> element != 0);
            }
        });
    }

    @Test
    void withoutTheGeneratorsLossTheSharedEmbeddingLearnsFromEncoderAndDecoderAlone() {
        Model shared = models().get(0);
        Model own = models().get(1);

        double[] sharedGradient =
                gradients(shared, WITHOUT_GENERATOR_LOSS, Map.of()).get(SHARED);
        double[] ownGradient = gradients(own, WITHOUT_GENERATOR_LOSS, Map.of()).get(SHARED);
        double[] weightZeroGradient =
                gradients(shared, TinyHybrid.ALL_LOSSES, Map.of("mlm", 0.0)).get(SHARED);

        assertThat(sharedGradient).containsExactly(ownGradient);
        assertThat(weightZeroGradient).containsExactly(ownGradient);
    }

    @Test
    void theSharedEmbeddingsGradientIsTheSumOfTheGeneratorsAndTheEncodersAndDecoders() {
        double[] shared =
                gradients(models().get(0), TinyHybrid.ALL_LOSSES, Map.of()).get(SHARED);
        Map<String, double[]> own = gradients(models().get(1), TinyHybrid.ALL_LOSSES, Map.of());

        for (int i = 0; i < shared.length; i++) {
            double sum = own.get(SHARED)[i] + own.get(OWN)[i];
            assertThat(shared[i]).as("element %d", i).isCloseTo(sum, within(1e-12));
        }
    }

    private static boolean isGenerators(String parameter) {
        return parameter.startsWith("generator.");
    }

    /** Gradients by parameter; absent where the plan has none. */
    private static Map<String, double[]> gradients(Model model, Set<String> losses, Map<String, Double> weights) {
        GraphCase graphCase = TinyHybrid.graph(model.architecture(), model.objective(), losses);
        ModelGraph graph = graphCase.declare(true);
        Plan plan = new PlanCompiler().training(graph);
        PlanRunner runner = feed(plan, graphCase, graph, weights);
        Map<String, double[]> gradients = new TreeMap<>();
        for (String parameter : graph.parameters().keySet()) {
            String result = PlanNames.gradientOf(parameter);
            if (plan.results().containsKey(result)) {
                gradients.put(parameter, runner.result(result));
            }
        }
        return gradients;
    }

    private static PlanRunner run(
            Architecture architecture, Objective objective, Set<String> losses, Map<String, Double> weights) {
        GraphCase graphCase = TinyHybrid.graph(architecture, objective, losses);
        ModelGraph graph = graphCase.declare(true);
        return feed(new PlanCompiler().training(graph), graphCase, graph, weights);
    }

    /** Runs a plan with the token embeddings of encoder and generator equal, so that sharing them changes no value. */
    private static PlanRunner feed(Plan plan, GraphCase graphCase, ModelGraph graph, Map<String, Double> weights) {
        RandomInputs inputs = TinyHybrid.inputs(graphCase, graph);
        if (graph.parameters().containsKey(OWN)) {
            inputs = inputs.withParameter(
                    OWN, RandomInputs.reals(SHARED, inputs.parameters().get(OWN).length));
        }
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            inputs = inputs.withWeight(weight.getKey(), weight.getValue());
        }
        PlanRunner runner = new ReferencePlan(plan);
        inputs.feed(runner);
        runner.run();
        return runner;
    }

    /**
     * What is differentiated.
     *
     * @param name for the names of tests
     */
    record Model(String name, Architecture architecture, Objective objective) {
        @Override
        public String toString() {
            return name;
        }
    }
}
