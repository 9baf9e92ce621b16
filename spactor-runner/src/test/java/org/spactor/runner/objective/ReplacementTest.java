package org.spactor.runner.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.engine.op.ReplaceTokens;
import org.spactor.engine.op.ReplacementLabels;
import org.spactor.engine.op.SampleCategorical;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.reference.Backend;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.PlanRunner;
import org.spactor.engine.reference.RandomInputs;

/** What the objective makes of the generator's draws: the tokens that the encoder reads, and the labels of detection. */
class ReplacementTest {
    private static final Set<String> DETECTION = Set.of("rtd");
    private static final int CHOICES = TinyHybrid.VOCABULARY.size();
    private static final int EXAMPLES = 3;
    private static final int LENGTH = TinyHybrid.INPUTS.length / EXAMPLES;
    private static final int MASKS = TinyHybrid.MASKED_POSITIONS.length / EXAMPLES;

    @BeforeAll
    static void useOneThreadPerCall() {
        NativeLibraries.useOneThreadPerCall();
    }

    static List<Backend> backends() {
        return Backend.all();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aGeneratorThatIsCertainlyRightReplacesNothing(Backend backend) {
        Step step = new Step(backend, logits(1000));

        step.run(1);

        assertThat(step.tokens("read")).containsExactly(TinyHybrid.INPUTS);
        assertThat(step.tokens("labels")).containsOnly(0, -1);
        assertThat(step.number(PlanNames.sumOf("share.replaced"))).isZero();
        assertThat(step.number(PlanNames.countOf("share.replaced"))).isEqualTo(TinyHybrid.ORDINARY_INPUTS);
        assertThat(step.number(PlanNames.countOf("recall.rtd"))).isZero();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aGeneratorThatIsCertainlyWrongReplacesEveryMaskedToken(Backend backend) {
        Step step = new Step(backend, logits(-1000));

        step.run(1);

        assertThat(step.number(PlanNames.sumOf("share.replaced"))).isEqualTo(TinyHybrid.MASKED);
        assertThat(step.number(PlanNames.countOf("recall.rtd"))).isEqualTo(TinyHybrid.MASKED);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aTokenIsLabelledReplacedExactlyWhereADrawDiffersFromTheOriginal(Backend backend) {
        Step step = new Step(backend, logits(3.5));
        int equal = 0;
        for (int key = 0; key < 20; key++) {
            step.run(key);

            long[] drawn = step.tokens("drawn");
            long[] read = TinyHybrid.INPUTS.clone();
            long[] labels = Arrays.stream(TinyHybrid.INPUTS)
                    .map(id -> TinyHybrid.VOCABULARY.isSpecial((int) id) ? -1 : 0)
                    .toArray();
            for (int i = 0; i < drawn.length; i++) {
                if (TinyHybrid.MASKED_POSITIONS[i] >= 0) {
                    boolean original = drawn[i] == TinyHybrid.INPUTS[place(i)];
                    read[place(i)] = drawn[i];
                    labels[place(i)] = original ? 0 : 1;
                    equal += original ? 1 : 0;
                }
            }
            assertThat(step.tokens("read")).containsExactly(read);
            assertThat(step.tokens("labels")).containsExactly(labels);
            assertThat(step.number(PlanNames.sumOf("share.replaced")))
                    .isEqualTo(Arrays.stream(labels).filter(label -> label == 1).count());
        }
        assertThat(equal).isBetween(20, 20 * TinyHybrid.MASKED - 20);
    }

    /** Random logits, with something added to the original's at every masked position. */
    private static double[] logits(double added) {
        double[] logits = RandomInputs.reals("logits", TinyHybrid.MASKED_POSITIONS.length * CHOICES);
        for (int i = 0; i < TinyHybrid.MASKED_POSITIONS.length; i++) {
            if (TinyHybrid.MASKED_POSITIONS[i] >= 0) {
                logits[i * CHOICES + (int) TinyHybrid.INPUTS[place(i)]] += added;
            }
        }
        return logits;
    }

    /** Where the i-th masked position is among the inputs. */
    private static int place(int i) {
        return i / MASKS * LENGTH + (int) TinyHybrid.MASKED_POSITIONS[i];
    }

    /** The objective's detection behind a generator with these logits, ready to run. */
    private static final class Step {
        private final PlanRunner runner;

        Step(Backend backend, double[] logits) {
            GraphCase graphCase = TinyHybrid.graph(new FixedGenerator(CHOICES), TinyHybrid.objective(), DETECTION);
            ModelGraph graph = graphCase.declare(true);
            runner = backend.factory()
                    .apply(new PlanCompiler()
                            .compile(
                                    graph.sameDiff(),
                                    wanted(graph),
                                    graph.parameters().keySet()));
            TinyHybrid.inputs(graphCase, graph)
                    .withParameter(FixedGenerator.LOGITS, logits)
                    .feed(runner);
        }

        void run(int key) {
            runner.setInput(PlanNames.RANDOM_KEY, new long[] {CounterRandom.key(17, "replacement test", key)});
            runner.run();
        }

        long[] tokens(String name) {
            return Arrays.stream(runner.result(name))
                    .mapToLong(value -> (long) value)
                    .toArray();
        }

        double number(String name) {
            return runner.result(name)[0];
        }

        private static Map<String, SDVariable> wanted(ModelGraph graph) {
            Map<String, SDVariable> wanted = new LinkedHashMap<>();
            wanted.put("drawn", output(graph, SampleCategorical.class));
            wanted.put("read", output(graph, ReplaceTokens.class));
            wanted.put("labels", output(graph, ReplacementLabels.class));
            graph.metrics().forEach((name, metric) -> {
                wanted.put(PlanNames.sumOf(name), graph.variable(metric.sum()));
                wanted.put(PlanNames.countOf(name), graph.variable(metric.count()));
            });
            return wanted;
        }

        /** The first output of the first operation of a type. */
        private static SDVariable output(ModelGraph graph, Class<? extends DifferentialFunction> type) {
            return Arrays.stream(graph.sameDiff().ops())
                    .filter(type::isInstance)
                    .findFirst()
                    .orElseThrow()
                    .outputVariables()[0];
        }
    }
}
