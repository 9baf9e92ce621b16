package org.spactor.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.compile.CompilingPlanner;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelFactory;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.optimizer.AdamW;
import org.spactor.engine.optimizer.AdamWOptions;
import org.spactor.engine.reference.ReferenceBackend;

/** The training loop on every backend, and over several processes. */
class BackendsTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(20);
    private static final int LENGTH = 6;
    private static final int BATCH = 4;
    private static final int WIDTH = 8;
    private static final int STEPS = 5;

    /** What a run of some steps came to. */
    private record Outcome(List<Double> losses, List<Double> norms, Map<String, float[]> tensors) {}

    @ParameterizedTest
    @ValueSource(strings = {"fast", "OpenBLAS", "portable"})
    void aFewStepsOnTheReferenceBackendComeToTheSame(String name) {
        Backend backend = switch (name) {
            case "fast" -> Nd4jBackend.create();
            case "OpenBLAS" -> Nd4jBackend.openBlas();
            default -> Nd4jBackend.portable();
        };
        for (int accumulation : new int[] {1, 2}) {
            TrainerSettings settings = new TrainerSettings(BATCH, accumulation, 2, 1, 0.5, 3);
            Outcome expected = train(new ReferenceBackend(), settings, Reducer.alone(), 0, BATCH);
            Outcome actual = train(backend, settings, Reducer.alone(), 0, BATCH);

            assertThat(expected.losses().get(STEPS - 1))
                    .isLessThan(expected.losses().get(0));
            for (int step = 0; step < STEPS; step++) {
                assertThat(actual.losses().get(step))
                        .isCloseTo(expected.losses().get(step), within(1e-5));
                assertThat(actual.norms().get(step)).isCloseTo(expected.norms().get(step), within(1e-5));
            }
            expected.tensors()
                    .forEach((tensor, values) -> assertThat(actual.tensors().get(tensor))
                            .as(tensor)
                            .usingElementComparator(
                                    (left, right) -> Math.abs(left - right) < 1e-4 ? 0 : Float.compare(left, right))
                            .containsExactly(values));
        }
    }

    @Test
    void twoProcessesOfOneReplicaEachComeToTheBitsOfOneProcessOfTwo() throws Exception {
        Outcome one =
                train(Nd4jBackend.create(), new TrainerSettings(BATCH, 1, 2, 1, 0.5, 3), Reducer.alone(), 0, BATCH);
        Meeting meeting = new Meeting(2);
        ExecutorService processes = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Outcome>> parts = new ArrayList<>();
            for (int rank = 0; rank < 2; rank++) {
                Reducer reducer = meeting.reducer(rank);
                int from = rank * BATCH / 2;
                parts.add(() -> train(
                        Nd4jBackend.create(),
                        new TrainerSettings(BATCH / 2, 1, 1, 1, 0.5, 3),
                        reducer,
                        from,
                        from + BATCH / 2));
            }
            for (Future<Outcome> part : processes.invokeAll(parts)) {
                Outcome outcome = part.get();
                assertThat(outcome.losses()).isEqualTo(one.losses());
                assertThat(outcome.norms()).isEqualTo(one.norms());
                one.tensors()
                        .forEach((name, values) ->
                                assertThat(outcome.tensors().get(name)).as(name).containsExactly(values));
            }
        } finally {
            processes.shutdownNow();
        }
    }

    private static Outcome train(Backend backend, TrainerSettings settings, Reducer reducer, int from, int to) {
        ModelFactory factory = BackendsTest::declare;
        Parameters parameters = Parameters.initialized(
                backend, declare(Set.of("tokens"), 1, false).parameters().values(), 7);
        List<Double> losses = new ArrayList<>();
        List<Double> norms = new ArrayList<>();
        AdamW optimizer = new AdamW(new AdamWOptions(0.02, 0.9, 0.99, 1e-3, 0.1, false, List.of()));
        try (Trainer trainer = new Trainer(
                settings, new CompilingPlanner(factory, new PlanCompiler()), backend, optimizer, parameters, reducer)) {
            for (int step = 0; step < STEPS; step++) {
                StepResult result = trainer.step(
                        batch(step).slice(from, to), Map.of("tokens", 1.0), step, optimizer.learningRate());
                losses.add(result.losses().get("tokens"));
                norms.add(result.gradientNorm());
            }
        }
        Map<String, float[]> tensors = new LinkedHashMap<>();
        parameters.tensors().forEach((name, tensor) -> tensors.put(name, tensor.floats()));
        return new Outcome(losses, norms, tensors);
    }

    private static ModelGraph declare(Set<String> losses, int batchSize, boolean training) {
        FeatureLengths lengths = FeatureLengths.ofSegment(LENGTH);
        ModelGraph graph = new ModelGraph(lengths, VOCABULARY, batchSize, training);
        Value tokens = graph.feature(Feature.INPUTS);
        Value table = graph.parameter("table", Initializer.normal(1), VOCABULARY.size(), WIDTH);
        Value x = graph.dropout(graph.embedding(table, tokens), 0.1);
        Value norm = graph.rmsNorm(x, graph.parameter("norm", Initializer.ones(), WIDTH), 1e-6);
        Value projected = graph.linear(norm, graph.parameter("mix", Initializer.normal(0.3), WIDTH, WIDTH));
        Value attended = graph.attention(
                Attention.of(projected, norm, norm, 2).keyMask(tokens).causal(true));
        Value logits = graph.linear(x.add(attended), table);
        graph.loss("tokens", graph.crossEntropy(logits, tokens, VOCABULARY.pad()));
        return graph;
    }

    /** Random tokens, with padding behind some of them. */
    private static Tokens batch(int step) {
        int[] tokens = new int[BATCH * LENGTH];
        for (int i = 0; i < tokens.length; i++) {
            boolean padding = i % LENGTH >= LENGTH - (i / LENGTH + step) % 3;
            tokens[i] = padding ? VOCABULARY.pad() : 3 + (i * 7 + step * 5) % (VOCABULARY.pieces() - 3);
        }
        return new Tokens(tokens);
    }

    private record Tokens(int[] tokens) implements Examples {
        @Override
        public int batchSize() {
            return tokens.length / LENGTH;
        }

        @Override
        public int[] feature(Feature feature) {
            return tokens;
        }

        @Override
        public Examples slice(int from, int to) {
            return new Tokens(Arrays.copyOfRange(tokens, from * LENGTH, to * LENGTH));
        }
    }

    /** Where processes, which are threads here, lay down what they have and take up what all have together. */
    private static final class Meeting {
        private final CyclicBarrier barrier;
        private final Object[] brought;

        Meeting(int size) {
            this.barrier = new CyclicBarrier(size);
            this.brought = new Object[size];
        }

        Reducer reducer(int rank) {
            return new Reducer() {
                @Override
                public int rank() {
                    return rank;
                }

                @Override
                public int size() {
                    return brought.length;
                }

                @Override
                public void sum(double[] numbers) {
                    brought[rank] = numbers.clone();
                    await();
                    Arrays.fill(numbers, 0);
                    for (Object others : brought) {
                        for (int i = 0; i < numbers.length; i++) {
                            numbers[i] += ((double[]) others)[i];
                        }
                    }
                    await();
                }

                @Override
                public void sum(Collection<DeviceTensor> tensors) {
                    List<float[]> own = new ArrayList<>();
                    tensors.forEach(tensor -> own.add(tensor.floats()));
                    brought[rank] = own;
                    await();
                    int at = 0;
                    for (DeviceTensor tensor : tensors) {
                        tensor.write(0, FloatBuffer.wrap(sum(at++)));
                    }
                    await();
                }

                private float[] sum(int tensor) {
                    float[] sum = null;
                    for (Object others : brought) {
                        float[] term = ((List<float[]>) others).get(tensor);
                        if (sum == null) {
                            sum = term.clone();
                        } else {
                            for (int i = 0; i < sum.length; i++) {
                                sum[i] += term[i];
                            }
                        }
                    }
                    return sum;
                }
            };
        }

        private void await() {
            try {
                barrier.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
