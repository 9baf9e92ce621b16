package org.spactor.runner.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.Update;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.Batch;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.CompilingPlanner;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.engine.graph.ModelFactory;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.train.Parameters;
import org.spactor.engine.train.StepResult;
import org.spactor.engine.train.Trainer;
import org.spactor.engine.train.TrainerSettings;
import org.spactor.models.t5.T5;
import org.spactor.models.t5.T5Dimensions;
import org.spactor.objectives.objective.SpanCorruptionObjective;

/** What a step computes does not depend on how the work is spread, but for rounding; and not at all on timing. */
class ReplicasTest {
    private static final int BATCH = 8;
    private static final int STEPS = 3;
    private static final double LEARNING_RATE = 0.01;
    private static final FeatureLengths LENGTHS = FeatureLengths.ofSegment(24).with(Feature.TARGETS, 10);
    private static final Vocabulary VOCABULARY = Vocabulary.sample(60, 2, 64);
    private static final T5 T5_MODEL = new T5(new T5Dimensions(32, 48, 8, 4, 2, 2, true, false, 0), VOCABULARY.size());
    private static final ModelFactory MODEL = (losses, batchSize, training) -> {
        ModelGraph graph = new ModelGraph(LENGTHS, VOCABULARY, batchSize, training);
        new SpanCorruptionObjective().build(graph, T5_MODEL, losses);
        return graph;
    };

    @BeforeAll
    static void useOneThreadPerCall() {
        NativeLibraries.useOneThreadPerCall();
    }

    @ParameterizedTest(name = "{0} replicas of {1} threads, {2} micro-batches, recomputing {3}")
    @CsvSource({
        "2,1,1,NONE",
        "4,1,1,NONE",
        "1,2,1,NONE",
        "1,3,1,NONE",
        "2,2,1,NONE",
        "1,1,2,NONE",
        "2,1,4,NONE",
        "1,1,1,BLOCKS",
        "2,2,2,BLOCKS"
    })
    void lossesAndParametersAreThoseOfOneReplica(int replicas, int threads, int accumulation, Recompute recompute) {
        Outcome one = train(1, 1, 1, Recompute.NONE);
        Outcome many = train(replicas, threads, accumulation, recompute);

        for (int step = 0; step < STEPS; step++) {
            assertThat(many.losses().get(step)).isCloseTo(one.losses().get(step), Percentage.withPercentage(1e-3));
            assertThat(many.norms().get(step)).isCloseTo(one.norms().get(step), Percentage.withPercentage(1e-2));
        }
        one.parameters()
                .forEach((name, values) -> assertThat(distance(many.parameters().get(name), values))
                        .as(name)
                        .isLessThan(1e-5));
    }

    @Test
    void theSameNumberOfReplicasAndThreadsGivesTheSameBits() {
        assertThat(train(2, 2, 2, Recompute.NONE)).isEqualTo(train(2, 2, 2, Recompute.NONE));
        assertThat(train(4, 1, 1, Recompute.NONE)).isEqualTo(train(4, 1, 1, Recompute.NONE));
    }

    @Test
    void recomputingGivesTheSameBits() {
        assertThat(train(2, 1, 1, Recompute.BLOCKS)).isEqualTo(train(2, 1, 1, Recompute.NONE));
    }

    /** Greatest difference, relative to the greatest number. */
    private static double distance(List<Double> actual, List<Double> expected) {
        double difference = 0;
        double greatest = 0;
        for (int i = 0; i < expected.size(); i++) {
            difference = Math.max(difference, Math.abs(actual.get(i) - expected.get(i)));
            greatest = Math.max(greatest, Math.abs(expected.get(i)));
        }
        return difference / greatest;
    }

    private static Outcome train(int replicas, int threads, int accumulation, Recompute recompute) {
        ModelGraph graph = MODEL.declare(Set.of("sc"), 1, false);
        Parameters parameters =
                Parameters.initialized(Nd4jBackend.create(), graph.parameters().values(), 5);
        PlanCompiler compiler = new PlanCompiler(new CompilerSettings(Precision.FLOAT32, recompute));
        TrainerSettings settings = new TrainerSettings(BATCH, accumulation, replicas, threads, 0, 17);
        List<Double> losses = new ArrayList<>();
        List<Double> norms = new ArrayList<>();
        try (Trainer trainer = new Trainer(
                settings,
                new CompilingPlanner(MODEL, compiler),
                Nd4jBackend.create(),
                new GradientDescent(),
                parameters)) {
            for (int step = 0; step < STEPS; step++) {
                StepResult result =
                        trainer.step(new BatchExamples(batch(step)), Map.of("sc", 1.0), step, LEARNING_RATE);
                losses.add(result.losses().get("sc"));
                norms.add(result.gradientNorm());
            }
        }
        Map<String, List<Double>> values = new LinkedHashMap<>();
        parameters.tensors().forEach((name, tensor) -> {
            List<Double> numbers = new ArrayList<>();
            for (float number : tensor.floats()) {
                numbers.add((double) number);
            }
            values.put(name, numbers);
        });
        return new Outcome(losses, norms, values);
    }

    /** Examples of random tokens, with padding behind some of them. */
    private static Batch batch(int step) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            CounterRandom random = CounterRandom.of(step, "example", i);
            int[] inputs = random.ints(24 - i, 2, 60).toArray();
            int[] targets = random.ints(10 - i % 3, 2, 60).toArray();
            examples.add(Example.of(inputs).with(Feature.TARGETS, targets));
        }
        return Batch.of(examples, LENGTHS, VOCABULARY);
    }

    private record Outcome(List<Double> losses, List<Double> norms, Map<String, List<Double>> parameters) {}

    /** p ← p − η g, so that parameters differ by no more than gradients do. */
    private static final class GradientDescent implements Optimizer {
        @Override
        public double learningRate() {
            return 1;
        }

        @Override
        public void declare(Update update) {
            update.set(update.value(), update.value().minus(update.gradient().times(update.learningRate())));
        }
    }
}
