package org.spactor.engine.saved;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.spactor.api.corruption.Feature;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.optimizer.AdamW;
import org.spactor.engine.optimizer.AdamWOptions;
import org.spactor.engine.plan.PlannedFeature;
import org.spactor.engine.plan.Planner;
import org.spactor.engine.reference.ReferenceBackend;
import org.spactor.engine.train.Evaluator;
import org.spactor.engine.train.Examples;
import org.spactor.engine.train.Parameters;
import org.spactor.engine.train.StepResult;
import org.spactor.engine.train.Trainer;
import org.spactor.engine.train.TrainerSettings;

/**
 * Trains and measures a model for some steps, with plans from anywhere, and says what came of it to the bit. As a program
 * it takes the plans of a folder and runs on the reference backend, and fails if there is ND4J on its class path.
 */
public final class SavedTraining {
    /** Examples of a step, in two micro-batches for two replicas. */
    public static final int BATCH = 8;

    private static final int PARTS = 2;
    private static final int STEPS = 3;
    private static final long SEED = 11;

    private SavedTraining() {}

    /** Takes the folder. */
    public static void main(String[] arguments) throws IOException {
        print(Path.of(arguments[0]), new ReferenceBackend());
    }

    /** Trains with the plans of a folder, where there is no ND4J, and prints a line for each number. */
    public static void print(Path folder, Backend backend) throws IOException {
        requireNoNd4j();
        SavedPlans plans = SavedPlans.load(folder, SavedPlans.key(folder));
        Set<String> losses = plans.trainings().get(0).model().losses();
        run(plans, plans.parameters(), losses, backend).forEach(System.out::println);
    }

    private static void requireNoNd4j() {
        try {
            Class<?> found = Class.forName("org.nd4j.linalg.api.ndarray.INDArray");
            throw new IllegalStateException("there was to be no ND4J, but " + found + " is on the class path");
        } catch (ClassNotFoundException e) {
            // as it should be
        }
    }

    /** What training with a planner needs to have saved. */
    public static SavedPlans plans(
            PlansKey key, Planner planner, List<ParameterSpecification> parameters, Set<String> losses) {
        return new SavedPlans(
                key,
                parameters,
                List.of(planner.training(losses, BATCH / PARTS / PARTS, true)),
                List.of(planner.evaluation(losses, BATCH / PARTS)));
    }

    /** Losses, metrics, norms and the parameters in the end, as bits. */
    public static List<String> run(
            Planner planner, List<ParameterSpecification> specifications, Set<String> losses, Backend backend) {
        List<String> lines = new ArrayList<>();
        AdamW optimizer = new AdamW(new AdamWOptions(0.02, 0.9, 0.99, 1e-3, 0.1, false, List.of()));
        TrainerSettings settings = new TrainerSettings(BATCH, PARTS, PARTS, 1, 0.5, SEED);
        List<PlannedFeature> features =
                planner.training(losses, BATCH / PARTS / PARTS, true).model().features();
        Map<String, Double> weights = new TreeMap<>();
        losses.forEach(loss -> weights.put(loss, 1.5));
        try (Parameters parameters = Parameters.initialized(backend, specifications, SEED);
                Trainer trainer = new Trainer(settings, planner, backend, optimizer, parameters);
                Evaluator evaluator = new Evaluator(losses, planner, backend, parameters, BATCH, PARTS, 1)) {
            for (int step = 0; step < STEPS; step++) {
                StepResult result = trainer.step(RandomExamples.of(features, step), weights, step, 0.02);
                lines.add("step " + step + " " + bits(result.losses()) + " " + bits(result.metrics()) + " "
                        + bits(Map.of("norm", result.gradientNorm())));
            }
            Evaluator.Evaluation measured = evaluator.evaluate(List.of(RandomExamples.of(features, STEPS)), SEED);
            lines.add("measured " + bits(measured.losses()) + " " + bits(measured.metrics()));
            parameters.tensors().forEach((name, tensor) -> {
                for (float value : tensor.floats()) {
                    lines.add(name + " " + Float.floatToRawIntBits(value));
                }
            });
        }
        return lines;
    }

    private static Map<String, Long> bits(Map<String, Double> numbers) {
        Map<String, Long> bits = new TreeMap<>();
        numbers.forEach((name, number) -> bits.put(name, Double.doubleToRawLongBits(number)));
        return bits;
    }

    /** Whatever the features may hold. */
    private record RandomExamples(Map<Feature, int[]> features, int batchSize) implements Examples {
        static RandomExamples of(List<PlannedFeature> planned, int step) {
            Map<Feature, int[]> features = new HashMap<>();
            for (PlannedFeature feature : planned) {
                CounterRandom random = CounterRandom.of(SEED, feature.feature().name(), step);
                int[] numbers = new int[BATCH * feature.length()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (int) random.nextLong(feature.least(), feature.greatest() + 1);
                }
                features.put(feature.feature(), numbers);
            }
            return new RandomExamples(features, BATCH);
        }

        @Override
        public int[] feature(Feature feature) {
            return features.get(feature);
        }

        @Override
        public Examples slice(int from, int to) {
            Map<Feature, int[]> part = new HashMap<>();
            features.forEach((feature, numbers) -> {
                int length = numbers.length / batchSize;
                part.put(feature, Arrays.copyOfRange(numbers, from * length, to * length));
            });
            return new RandomExamples(part, to - from);
        }
    }
}
