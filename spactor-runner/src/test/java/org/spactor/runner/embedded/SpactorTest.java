package org.spactor.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.runner.configuration.problem.ConfigurationException;

/** Spactor as a library. */
class SpactorTest {
    @TempDir
    private Path folder;

    private Path text;

    @BeforeAll
    static void asTheCommandLineDoes() {
        Spactor.useOneThreadPerCall();
    }

    @BeforeEach
    void writeText() throws IOException {
        text = Files.writeString(
                folder.resolve("text.txt"), "Call me Ishmael. Some years ago, never mind how long. ".repeat(100));
    }

    @Test
    void aRunIsTrainedInThreeLines() {
        List<Double> losses = new ArrayList<>();
        try (Run run = small("run", 4).prepare()) {
            run.train(step -> losses.add(step.result().losses().get("sc")));

            assertThat(losses).hasSize(4);
            assertThat(run.steps()).isEqualTo(4);
            assertThat(run.parameter("shared.weight")).hasSize((int) (run.shape("shared.weight")[0] * 32));
            assertThat(run.validate()).containsKey("loss.sc");
            assertThat(run.folder().resolve("metrics.jsonl")).isNotEmptyFile();
            assertThat(run.folder().resolve("checkpoints/step-00000004")).isDirectory();
        }
    }

    @Test
    void stepByStepComesToTheSameAsAllAtOnce() {
        Map<String, float[]> whole;
        try (Run run = small("whole", 3).prepare()) {
            run.train();
            whole = parameters(run);
        }
        try (Run run = small("steps", 3).prepare()) {
            assertThat(run.step()).isTrue();
            assertThat(run.step()).isTrue();
            assertThat(run.step()).isFalse();
            assertSame(parameters(run), whole);
            assertThatThrownBy(run::step).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void twoRunsAtOnceComeToTheSameAsEachAlone() throws Exception {
        Map<String, float[]> first = trained(small("first", 3).set("run.seed", 1));
        Map<String, float[]> second = trained(small("second", 3).set("run.seed", 2));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Map<String, float[]>>> both = List.of(
                    () -> trained(small("first-beside", 3).set("run.seed", 1)),
                    () -> trained(small("second-beside", 3).set("run.seed", 2)));
            List<Future<Map<String, float[]>>> beside = threads.invokeAll(both);
            assertSame(beside.get(0).get(), first);
            assertSame(beside.get(1).get(), second);
        } finally {
            threads.shutdownNow();
        }
        assertThat(first.get("shared.weight")).isNotEqualTo(second.get("shared.weight"));
    }

    @Test
    void componentsCanBeGivenAsObjects() {
        try (Run run = small("given", 2)
                .objective(new Bag())
                .set("curriculum", "{name: weighted}")
                .corruptors()
                .prepare()) {
            float[] before = run.parameter("bag.weight");
            run.train();

            assertThat(run.parameter("bag.weight")).isNotEqualTo(before);
            assertThat(run.folder().resolve("config.yaml")).content().contains("name: given");
        }
    }

    @Test
    void aRunGoesOnToTheSameBits() {
        Map<String, float[]> whole = trained(small("straight", 4));
        try (Run run = small("stopped", 4).prepare()) {
            run.step();
            run.step();
            run.checkpoint();
        }
        try (Run run = Spactor.resume(folder.resolve("stopped")).prepare()) {
            assertThat(run.steps()).isEqualTo(2);
            run.train();

            assertSame(parameters(run), whole);
        }
    }

    @Test
    void whatIsNotAsItWasIsRefusedUntilItIsAccepted() {
        try (Run run = small("changed", 2).prepare()) {
            run.step();
            run.checkpoint();
        }
        Spactor changed = Spactor.resume(folder.resolve("changed")).set("training.clip-norm", 0.5);

        assertThatThrownBy(changed::prepare)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("training.clip-norm");
        try (Run run = changed.accept("training.clip-norm").prepare()) {
            assertThat(run.step()).isFalse();
        }
    }

    @Test
    void parametersAreReadAndWritten() {
        try (Run run = small("written", 2).prepare()) {
            float[] ones = new float[run.parameter("shared.weight").length];
            Arrays.fill(ones, 1);
            run.parameter("shared.weight", ones);

            assertThat(run.parameter("shared.weight")).containsOnly(1f);
            assertThatThrownBy(() -> run.parameter("shared.weight", new float[3]))
                    .hasMessageContaining("'shared.weight' has")
                    .hasMessageContaining("not 3");
            assertThatThrownBy(() -> run.parameter("shard.weight")).hasMessageContaining("no parameter 'shard.weight'");
        }
    }

    @Test
    void aBindingCanBeReplaced() {
        List<Backend> made = new ArrayList<>();
        try (Run run = small("replaced", 1)
                .module(new AbstractModule() {
                    @Override
                    protected void configure() {
                        bind(Backend.class).toProvider(() -> {
                            made.add(Nd4jBackend.portable());
                            return made.get(0);
                        });
                    }
                })
                .prepare()) {
            run.train();

            assertThat(made).hasSize(1);
        }
    }

    @Test
    void whatIsWrongIsToldWithTheKey() {
        Spactor wrong = Spactor.preset("tiny").set("training.step", 3);

        assertThatThrownBy(wrong::prepare)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("training.step: unknown key. Did you mean 'training.steps'?")
                .hasMessageContaining("set by the program");
    }

    @Test
    void aFolderThatIsThereIsNotWrittenOver() {
        try (Run run = small("there", 1).prepare()) {
            run.train();
        }
        Spactor again = small("there", 1);

        assertThatThrownBy(again::prepare).hasMessageContaining("is there already and not empty");
    }

    private Spactor small(String name, int steps) {
        return Spactor.preset("tiny")
                .data(text)
                .out(folder.resolve(name))
                .set("training.steps", steps)
                .set("architecture.options.d-model", 32)
                .set("architecture.options.d-ff", 32)
                .set("architecture.options.d-kv", 16)
                .set("architecture.options.heads", 2)
                .set("architecture.options.layers", 1)
                .set("data.input-length", 32)
                .set("data.validation.batches", 1)
                .set("training.batch-size", 4);
    }

    private static Map<String, float[]> trained(Spactor spactor) {
        try (Run run = spactor.prepare()) {
            run.train();
            return parameters(run);
        }
    }

    private static Map<String, float[]> parameters(Run run) {
        Map<String, float[]> parameters = new LinkedHashMap<>();
        run.parameters().forEach(name -> parameters.put(name, run.parameter(name)));
        return parameters;
    }

    private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).containsExactly(values));
    }

    /** Guesses every token of the inputs from the encoder's state behind it. */
    private static final class Bag implements Objective {
        @Override
        public List<String> losses() {
            return List.of("bag");
        }

        @Override
        public Set<Class<? extends Part>> needs(Set<String> losses) {
            return Set.of(Encoder.class);
        }

        @Override
        public void build(Graph graph, Architecture architecture, Set<String> losses) {
            Value tokens = graph.feature(Feature.INPUTS);
            Value hidden =
                    architecture.require(Encoder.class).encode(graph, tokens).hidden();
            Value weight = graph.parameter(
                    "bag.weight", Initializer.normal(0.1), graph.vocabulary().size(), 32);
            graph.loss(
                    "bag",
                    graph.crossEntropy(
                            graph.linear(hidden, weight),
                            tokens,
                            graph.vocabulary().pad()));
        }
    }
}
