package org.spactor.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.Quantity;
import org.spactor.api.optimizer.Update;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.compile.CompilingPlanner;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.GraphException;
import org.spactor.engine.graph.ModelFactory;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.optimizer.AdamW;
import org.spactor.engine.optimizer.AdamWGroup;
import org.spactor.engine.optimizer.AdamWOptions;

/** What examples, losses and optimizers may do wrong, and what a step does about it. */
class TrainingTest {
    private static final int BATCH = 4;
    private static final int LENGTH = 3;
    private static final Vocabulary VOCABULARY = Vocabulary.sample(5, 2, 7);
    private static final Feature PLACES = Feature.positions("places", Feature.INPUTS);
    private static final Feature CLASSES = Feature.labels("classes", 3);

    /** All tokens in order, each place, each label. */
    private static final Map<Feature, int[]> SOUND = Map.of(
            Feature.INPUTS,
            new int[] {1, 2, 3, 4, 5, 6, 1, 2, 0, 3, 0, 0},
            PLACES,
            new int[] {0, 1, 2, 2, -1, 0, -1, 1},
            CLASSES,
            new int[] {0, -1, 2, 1, -1, -1, 0, 1});

    @Test
    void stepIsMadeWithWhatFeaturesMayHold() {
        try (Trainer trainer = trainer(new Descent(), TrainingTest::everything)) {
            StepResult result = trainer.step(new Tokens(SOUND), weights("tokens", "classes"), 0, 0.1);

            assertThat(result.isFinite()).isTrue();
            assertThat(result.losses()).containsOnlyKeys("tokens", "classes");
            assertThat(result.uncounted()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "inputs, 7, 10, 'example 3', 'place 1', '[0, 6]'",
        "inputs, -1, 0, 'example 0', 'place 0', '[0, 6]'",
        "inputs, 2147483647, 5, 'example 1', 'place 2', '[0, 6]'",
        "places, 3, 7, 'example 3', 'place 1', '[-1, 2]'",
        "places, -2, 2, 'example 1', 'place 0', '[-1, 2]'",
        "classes, 3, 4, 'example 2', 'place 0', '[-1, 2]'"
    })
    void numberOutsideOfItsDomainIsNamedAndReadByNobody(
            String feature, int number, int index, String example, String place, String domain) {
        Map<Feature, int[]> wrong = new LinkedHashMap<>();
        SOUND.forEach((known, values) -> {
            int[] changed = values.clone();
            if (known.name().equals(feature)) {
                changed[index] = number;
            }
            wrong.put(known, changed);
        });

        try (Trainer trainer = trainer(new Descent(), TrainingTest::everything)) {
            assertThatThrownBy(() -> trainer.step(new Tokens(wrong), weights("tokens", "classes"), 0, 0.1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("feature '" + feature + "'")
                    .hasMessageContaining(example)
                    .hasMessageContaining(place)
                    .hasMessageContaining(" " + number + " ")
                    .hasMessageContaining(domain);
        }
    }

    @Test
    void lossThatCountsNothingIsTold() {
        Map<Feature, int[]> unlabelled = new LinkedHashMap<>(SOUND);
        unlabelled.put(CLASSES, filled(CLASSES, -1));

        try (Trainer trainer = trainer(new Descent(), TrainingTest::everything);
                Evaluator evaluator = evaluator(trainer, TrainingTest::everything)) {
            StepResult result = trainer.step(new Tokens(unlabelled), weights("tokens", "classes"), 0, 0.1);
            Evaluator.Evaluation evaluation = evaluator.evaluate(List.of(new Tokens(unlabelled)), 1);

            assertThat(result.losses()).containsOnlyKeys("tokens");
            assertThat(result.uncounted()).containsExactly("classes");
            assertThat(evaluation.losses()).containsOnlyKeys("tokens");
            assertThat(evaluation.uncounted()).containsExactly("classes");
        }
    }

    @Test
    void lossThatCountsSomethingInOneOfTwoBatchesIsMeasured() {
        Map<Feature, int[]> unlabelled = new LinkedHashMap<>(SOUND);
        unlabelled.put(CLASSES, filled(CLASSES, -1));

        try (Trainer trainer = trainer(new Descent(), TrainingTest::everything);
                Evaluator evaluator = evaluator(trainer, TrainingTest::everything)) {
            Evaluator.Evaluation evaluation = evaluator.evaluate(List.of(new Tokens(unlabelled), new Tokens(SOUND)), 1);

            assertThat(evaluation.losses()).containsOnlyKeys("tokens", "classes");
            assertThat(evaluation.uncounted()).isEmpty();
        }
    }

    @Test
    void stepInWhichNothingCountsUpdatesNothing() {
        Map<Feature, int[]> nothing = new LinkedHashMap<>(SOUND);
        nothing.put(CLASSES, filled(CLASSES, -1));
        nothing.put(Feature.INPUTS, filled(Feature.INPUTS, 0));

        try (Trainer trainer = trainer(new Descent(), TrainingTest::everything)) {
            StepResult result = trainer.step(new Tokens(nothing), weights("tokens", "classes"), 0, 0.1);

            assertThat(result.losses()).isEmpty();
            assertThat(result.uncounted()).containsExactlyInAnyOrder("tokens", "classes");
            assertThat(trainer.slots().get("out").get("sum").floats()).containsOnly(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, -6.0", "NaN, NaN", "Infinity, Infinity"})
    void countThatIsNoNumberOfTokensIsRefused(float each, String count) {
        BiConsumer<ModelGraph, Set<String>> declaration = (graph, losses) -> {
            Value x = graph.parameter("x", Initializer.ones());
            Value ones = graph.feature(Feature.INPUTS).gt(-1).toFloat();
            graph.loss(
                    "odd",
                    new TokenSum(x, ones.mul(graph.constant(new float[] {each})).sum()));
        };

        try (Trainer trainer = trainer(new Descent(), declaration);
                Evaluator evaluator = evaluator(trainer, declaration)) {
            assertThatThrownBy(() -> trainer.step(new Tokens(SOUND), weights("odd"), 0, 0.1))
                    .isInstanceOf(GraphException.class)
                    .hasMessageContaining("the loss 'odd'")
                    .hasMessageContaining(count);
            assertThatThrownBy(() -> evaluator.evaluate(List.of(new Tokens(SOUND)), 1))
                    .isInstanceOf(GraphException.class)
                    .hasMessageContaining("the loss 'odd'");
        }
    }

    @Test
    void countOfParametersIsRefusedBeforeTheFirstStep() {
        BiConsumer<ModelGraph, Set<String>> declaration = (graph, losses) -> {
            Value x = graph.parameter("x", Initializer.ones(), 3);
            graph.loss("odd", new TokenSum(x.sum(), x.gt(0).toFloat().sum()));
        };

        try (Trainer trainer = trainer(new Descent(), declaration)) {
            assertThatThrownBy(() -> trainer.step(new Tokens(SOUND), weights("odd"), 0, 0.1))
                    .isInstanceOf(GraphException.class)
                    .hasMessageContaining("the loss 'odd'")
                    .hasMessageContaining("'x'");
        }
    }

    @Test
    void optimizerIsToldEveryParameterAndTheStep() {
        Descent optimizer = new Descent() {
            @Override
            public void declare(Update update) {
                super.declare(update);
                update.set(update.slotOfOne("step"), update.step());
                update.set(update.slotOfOne("rate"), update.learningRate());
            }
        };
        try (Trainer trainer = trainer(optimizer, TrainingTest::everything)) {
            assertThat(optimizer.names).containsExactlyInAnyOrder("table", "out", "scale", "class");
            assertThat(optimizer.shapes).containsOnlyKeys("table", "out", "scale", "class");
            assertThat(optimizer.shapes.get("table")).containsExactly(7, 2);

            trainer.step(new Tokens(SOUND), weights("tokens", "classes"), 4, 0.25);

            assertThat(trainer.slots().get("table").get("step").floats()).containsExactly(5);
            assertThat(trainer.slots().get("table").get("rate").floats()).containsExactly(0.25f);
        }
    }

    @Test
    void parametersThatTheActiveLossesDoNotReadAreNotUpdated() {
        try (Trainer trainer = trainer(new Descent(), TrainingTest::everything)) {
            trainer.step(new Tokens(SOUND), weights("tokens"), 0, 0.1);

            assertThat(trainer.slots().get("out").get("sum").floats()).containsOnly(1);
            assertThat(trainer.slots().get("class").get("sum").floats()).containsOnly(0);
        }
    }

    @Test
    void whatAnOptimizerKeepsIsThereInTheNextStep() {
        try (Trainer trainer = trainer(new Descent(), TrainingTest::everything)) {
            trainer.step(new Tokens(SOUND), weights("tokens", "classes"), 0, 0.1);
            trainer.step(new Tokens(SOUND), weights("tokens", "classes"), 1, 0.1);

            assertThat(trainer.slots().get("out").get("sum").floats()[0]).isEqualTo(2);
        }
    }

    @Test
    void optimizerThatSetsNoNewValueIsRefused() {
        Optimizer idle = new Descent() {
            @Override
            public void declare(Update update) {
                update.slot("sum");
            }
        };

        assertThatThrownBy(() -> trainer(idle, TrainingTest::everything))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'table'");
    }

    @Test
    void lossesAreDeclaredInTheSameOrderInEveryProcess() {
        List<List<String>> orders = new ArrayList<>();
        BiConsumer<ModelGraph, Set<String>> declaration = (graph, losses) -> {
            orders.add(List.copyOf(losses));
            everything(graph, losses);
        };
        try (Trainer trainer = trainer(new Descent(), declaration);
                Evaluator evaluator = evaluator(trainer, declaration)) {
            orders.clear();
            trainer.step(new Tokens(SOUND), weights("tokens", "classes"), 0, 0.1);
            trainer.step(new Tokens(SOUND), weights("tokens"), 1, 0.1);
            trainer.step(new Tokens(SOUND), weights("classes", "tokens"), 2, 0.1);

            assertThat(orders)
                    .containsExactly(List.of("classes", "tokens"), List.of("tokens"), List.of("classes", "tokens"));
            assertThat(evaluator.losses()).containsExactlyInAnyOrder("tokens", "classes");
        }
    }

    @Test
    void optimizerMayRefuseTheParametersThereAre() {
        AdamWOptions options =
                new AdamWOptions(1, 0.9, 0.99, 1e-6, 0, false, List.of(new AdamWGroup("nothing.like.that", 1, 1)));

        assertThatThrownBy(() -> trainer(new AdamW(options), TrainingTest::everything))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("nothing.like.that")
                .hasMessageContaining("table");
    }

    private static void everything(ModelGraph graph, Set<String> losses) {
        Value tokens = graph.feature(Feature.INPUTS);
        Value states = graph.embedding(graph.parameter("table", Initializer.normal(1), 7, 2), tokens);
        if (losses.contains("tokens")) {
            Value logits = graph.linear(states, graph.parameter("out", Initializer.normal(1), 7, 2))
                    .mul(graph.parameter("scale", Initializer.ones()));
            graph.loss("tokens", graph.crossEntropy(logits, tokens, 0));
        }
        if (losses.contains("classes")) {
            Value chosen = graph.statesAt(states, graph.feature(PLACES));
            Value logits = graph.linear(chosen, graph.parameter("class", Initializer.normal(1), 3, 2));
            graph.loss("classes", graph.crossEntropy(logits, graph.feature(CLASSES), -1));
        }
    }

    private static ModelFactory factory(BiConsumer<ModelGraph, Set<String>> declaration) {
        FeatureLengths lengths = new FeatureLengths(Map.of(Feature.INPUTS, LENGTH, PLACES, 2, CLASSES, 2));
        return (losses, batchSize, training) -> {
            ModelGraph graph = new ModelGraph(lengths, VOCABULARY, batchSize, training);
            declaration.accept(graph, losses);
            return graph;
        };
    }

    private static Trainer trainer(Optimizer optimizer, BiConsumer<ModelGraph, Set<String>> declaration) {
        ModelFactory factory = factory(declaration);
        Parameters parameters = parameters(factory);
        TrainerSettings settings = new TrainerSettings(BATCH, 1, 2, 1, 0, 3);
        return new Trainer(
                settings,
                new CompilingPlanner(factory, new PlanCompiler()),
                Nd4jBackend.create(),
                optimizer,
                parameters);
    }

    private static Parameters parameters(ModelFactory factory) {
        return Parameters.initialized(
                Nd4jBackend.create(),
                factory.declare(Set.of("tokens", "classes"), 1, false)
                        .parameters()
                        .values(),
                5);
    }

    private static Evaluator evaluator(Trainer trainer, BiConsumer<ModelGraph, Set<String>> declaration) {
        ModelFactory factory = factory(declaration);
        return new Evaluator(
                new LinkedHashSet<>(List.of("tokens", "classes")),
                new CompilingPlanner(factory, new PlanCompiler()),
                Nd4jBackend.create(),
                parameters(factory),
                BATCH,
                2,
                1);
    }

    private static Map<String, Double> weights(String... losses) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String loss : losses) {
            weights.put(loss, 1.0);
        }
        return weights;
    }

    private static int[] filled(Feature feature, int value) {
        int[] values = SOUND.get(feature).clone();
        Arrays.fill(values, value);
        return values;
    }

    /** A batch. */
    private record Tokens(Map<Feature, int[]> features) implements Examples {
        @Override
        public int batchSize() {
            return features.get(Feature.INPUTS).length / LENGTH;
        }

        @Override
        public int[] feature(Feature feature) {
            return features.get(feature);
        }

        @Override
        public Examples slice(int from, int to) {
            Map<Feature, int[]> part = new LinkedHashMap<>();
            int size = batchSize();
            features.forEach((feature, values) -> {
                int length = values.length / size;
                part.put(feature, Arrays.copyOfRange(values, from * length, to * length));
            });
            return new Tokens(part);
        }
    }

    /** Plain gradient descent, which counts its steps in a slot. */
    private static class Descent implements Optimizer {
        final Set<String> names = new LinkedHashSet<>();
        final Map<String, long[]> shapes = new LinkedHashMap<>();

        @Override
        public double learningRate() {
            return 1;
        }

        @Override
        public void requireParameters(Set<String> all) {
            names.addAll(all);
        }

        @Override
        public void declare(Update update) {
            shapes.put(update.parameter(), update.shape());
            Quantity sum = update.slot("sum");
            update.set(sum, sum.plus(1));
            update.set(update.value(), update.value().minus(update.gradient().times(update.learningRate())));
        }
    }
}
