package org.spactor.models.t5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.RandomInputs;
import org.spactor.engine.reference.ReferencePlan;
import org.spactor.engine.saved.PlanFile;
import org.spactor.engine.saved.PlanText;

/** Plans of whole T5s, generator included, in files. */
class T5PlanFileTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(20, 4, 32);
    private static final Feature POSITIONS = Feature.positions("positions", Feature.INPUTS);
    private static final FeatureLengths LENGTHS =
            FeatureLengths.ofSegment(7).with(Feature.TARGETS, 5).with(POSITIONS, 2);
    private static final int BATCH = 2;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "gated: {0}, tied: {1}, {2}, recomputing {3}")
    @CsvSource({
        "true,false,FLOAT32,NONE",
        "false,true,FLOAT32,NONE",
        "true,false,FLOAT32,BLOCKS",
        "true,false,BFLOAT16,NONE",
        "false,true,BFLOAT16,BLOCKS"
    })
    void plansComeBackAsTheyWereAndRunToTheSameBits(
            boolean gated, boolean tied, Precision precision, Recompute recompute) throws IOException {
        T5 t5 = new T5(
                new T5Dimensions(8, 12, 4, 2, 2, 2, gated, tied, 0.1),
                new GeneratorDimensions(1, 8, false),
                VOCABULARY.size());
        GraphCase model = new GraphCase("T5", LENGTHS, VOCABULARY, BATCH, Map.of(), graph -> declare(t5, graph));
        PlanCompiler compiler = new PlanCompiler(new CompilerSettings(precision, recompute));

        ModelGraph training = model.declare(true);
        requireTheSame(model, training, compiler.training(training, true), precision);
        ModelGraph evaluation = model.declare(false);
        requireTheSame(model, evaluation, compiler.evaluation(evaluation), precision);
        requireTheSame(model, evaluation, compiler.counts(evaluation), precision);
    }

    private static void declare(T5 t5, ModelGraph graph) {
        Value inputs = graph.feature(Feature.INPUTS);
        Value targets = graph.feature(Feature.TARGETS);
        Encoder.Encoded encoded = t5.encode(graph, inputs);
        Value logits = t5.project(graph, t5.decode(graph, encoded, targets));
        graph.loss("sc", graph.crossEntropy(logits, targets, VOCABULARY.pad()));
        Value positions = graph.feature(POSITIONS);
        Value guessed = t5.generate(graph, inputs, positions);
        graph.loss("mlm", graph.crossEntropy(guessed, graph.tokensAt(inputs, positions), -1));
    }

    private void requireTheSame(GraphCase model, ModelGraph graph, Plan plan, Precision precision) throws IOException {
        Path file = folder.resolve("plan.json.gz");
        PlanFile.write(file, plan);
        Plan read = PlanFile.read(file);

        assertThat(PlanText.of(read)).isEqualTo(PlanText.of(plan));
        if (precision == Precision.FLOAT32) { // the reference backend rounds nothing
            ReferencePlan expected = run(model, graph, plan);
            ReferencePlan actual = run(model, graph, read);
            assertThat(plan.results()).isNotEmpty();
            for (String result : plan.results().keySet()) {
                assertThat(actual.result(result)).as(result).containsExactly(expected.result(result));
            }
        }
    }

    private static ReferencePlan run(GraphCase model, ModelGraph graph, Plan plan) {
        ReferencePlan runner = new ReferencePlan(plan);
        RandomInputs.of(model, graph).feed(runner);
        runner.run();
        return runner;
    }
}
