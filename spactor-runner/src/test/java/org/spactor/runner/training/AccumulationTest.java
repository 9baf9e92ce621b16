package org.spactor.runner.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.Update;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.compile.CompilingPlanner;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelFactory;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.train.Examples;
import org.spactor.engine.train.Parameters;
import org.spactor.engine.train.StepResult;
import org.spactor.engine.train.Trainer;
import org.spactor.engine.train.TrainerSettings;
import org.spactor.models.t5.GeneratorDimensions;
import org.spactor.models.t5.T5;
import org.spactor.models.t5.T5Dimensions;
import org.spactor.objectives.objective.SpactorObjective;
import org.spactor.objectives.objective.SpactorOptions;

/** A batch has the gradient that it has, in however many parts it is computed. */
class AccumulationTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(20, 4, 32);
    private static final int BATCH = 16;
    private static final int INPUTS = 8;
    private static final int TARGETS = 6;
    private static final String GRADIENT = "gradient";

    @ParameterizedTest
    @CsvSource({"2, 1", "4, 1", "16, 1", "1, 2", "4, 2", "2, 4"})
    void microBatchesAndReplicasGiveTheGradientOfTheWholeBatch(int accumulation, int replicas) {
        Outcome whole = gradients(1, 1, 0);
        Outcome parts = gradients(accumulation, replicas, 0);

        assertThat(parts.result().losses().get("sc"))
                .isCloseTo(whole.result().losses().get("sc"), within(1e-6));
        assertThat(parts.result().gradientNorm())
                .isCloseTo(
                        whole.result().gradientNorm(),
                        within(1e-6 * whole.result().gradientNorm()));
        assertThat(parts.gradients().keySet()).isEqualTo(whole.gradients().keySet());
        whole.gradients().forEach((name, expected) -> {
            double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertThat(size).as(name).isPositive();
            assertThat(parts.gradients().get(name)).as(name).containsExactly(expected, within(2e-6 * size + 1e-9));
        });
    }

    @Test
    void gradientsThatAreTooLongAreShortenedAsAWhole() {
        Outcome whole = gradients(1, 1, 0);
        double norm = whole.result().gradientNorm();
        Outcome clipped = gradients(1, 1, norm / 4);

        assertThat(clipped.result().gradientNorm()).as("is told as it was").isEqualTo(norm);
        whole.gradients()
                .forEach((name, expected) -> assertThat(clipped.gradients().get(name))
                        .as(name)
                        .containsExactly(Arrays.stream(expected).map(g -> g / 4).toArray(), within(1e-6)));
    }

    private static Outcome gradients(int accumulation, int replicas, double clipNorm) {
        NativeLibraries.useOneThreadPerCall();
        T5 t5 = new T5(
                new T5Dimensions(16, 24, 8, 2, 1, 1, true, false, 0),
                new GeneratorDimensions(1, 16, false),
                VOCABULARY.size());
        SpactorObjective objective =
                new SpactorObjective(new SpactorOptions(1, SpactorOptions.Head.DENSE, false), VOCABULARY);
        FeatureLengths lengths = new FeatureLengths(Map.of(Feature.INPUTS, INPUTS, Feature.TARGETS, TARGETS));
        ModelFactory model = (losses, batchSize, training) -> {
            ModelGraph declared = new ModelGraph(lengths, VOCABULARY, batchSize, training);
            objective.build(declared, t5, losses);
            return declared;
        };
        ModelGraph graph = model.declare(Set.of("sc"), 1, false);
        Parameters parameters =
                Parameters.initialized(Nd4jBackend.create(), graph.parameters().values(), 5);
        TrainerSettings settings = new TrainerSettings(BATCH, accumulation, replicas, 1, clipNorm, 5);
        try (Trainer trainer = new Trainer(
                settings,
                new CompilingPlanner(model, new PlanCompiler()),
                Nd4jBackend.create(),
                new Recorder(),
                parameters)) {
            StepResult result = trainer.step(PaddedTokens.random(), Map.of("sc", 3.0), 0, 1);
            Map<String, double[]> gradients = new LinkedHashMap<>();
            trainer.slots()
                    .forEach((name, slots) ->
                            gradients.put(name, doubles(slots.get(GRADIENT).floats())));
            return new Outcome(result, gradients);
        }
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private record Outcome(StepResult result, Map<String, double[]> gradients) {}

    /** Keeps the gradient and changes nothing. */
    private static final class Recorder implements Optimizer {
        @Override
        public double learningRate() {
            return 1;
        }

        @Override
        public void declare(Update update) {
            update.set(update.slot(GRADIENT), update.gradient());
            update.set(update.value(), update.value());
        }
    }

    /** Examples of different lengths: a mean of the means of the parts would not be the mean of the whole. */
    private record PaddedTokens(int[] inputs, int[] targets) implements Examples {
        static PaddedTokens random() {
            Random random = new Random(7);
            return new PaddedTokens(
                    tokens(random, INPUTS, 0), tokens(random, TARGETS, Feature.TARGETS.padding(VOCABULARY)));
        }

        private static int[] tokens(Random random, int length, int padding) {
            int[] tokens = new int[BATCH * length];
            for (int example = 0; example < BATCH; example++) {
                int real = 1 + random.nextInt(length);
                for (int i = 0; i < length; i++) {
                    tokens[example * length + i] = i < real ? 2 + random.nextInt(18) : padding;
                }
            }
            return tokens;
        }

        @Override
        public int batchSize() {
            return inputs.length / INPUTS;
        }

        @Override
        public int[] feature(Feature feature) {
            return feature.equals(Feature.INPUTS) ? inputs : targets;
        }

        @Override
        public Examples slice(int from, int to) {
            return new PaddedTokens(
                    Arrays.copyOfRange(inputs, from * INPUTS, to * INPUTS),
                    Arrays.copyOfRange(targets, from * TARGETS, to * TARGETS));
        }
    }
}
