package org.spactor.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.Program;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.train.Parameters;

/**
 * One operation, forward and backward, as a plan executes it: four examples of 128 tokens, width 512. Around it are an
 * embedding and a cross-entropy over 512 ids, which are measured alone as {@code none}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OperationBenchmark {
    private static final int BATCH = 4;
    private static final int LENGTH = 128;
    private static final int WIDTH = 512;
    private static final int HEADS = 8;
    private static final String LOSS = "loss";
    private static final Vocabulary VOCABULARY = Vocabulary.sample(WIDTH - 100, 100, WIDTH);

    /** What stands between the embedding and the cross-entropy. */
    @Param({"none", "linear", "rms-norm", "gated-gelu", "attention"})
    public String operation;

    /** Whose kernels. */
    @Param({"fast", "portable"})
    public String kernels;

    private Program program;

    /** Declares, compiles and prepares. */
    @Setup
    public void prepare() {
        NativeLibraries.useOneThreadPerCall();
        ModelGraph graph = new ModelGraph(FeatureLengths.ofSegment(LENGTH), VOCABULARY, BATCH, true);
        Value tokens = graph.feature(Feature.INPUTS);
        Value table = graph.parameter("table", Initializer.normal(1), WIDTH, WIDTH);
        Value x = operate(graph, graph.embedding(table, tokens));
        graph.loss(LOSS, graph.crossEntropy(x, tokens, -1));
        Plan plan = new PlanCompiler().training(graph);
        Backend backend = kernels.equals("fast") ? Nd4jBackend.create() : Nd4jBackend.portable();
        Parameters parameters =
                Parameters.initialized(backend, graph.parameters().values(), 1);
        program = backend.prepare(plan, parameters.tensors());
        int[] ids = new int[BATCH * LENGTH];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = 1 + i * 37 % (WIDTH - 1);
        }
        program.setInput(PlanNames.inputOf(Feature.INPUTS), ids);
        program.setInput(PlanNames.weightOf(LOSS), 1f);
    }

    private Value operate(Graph graph, Value x) {
        return switch (operation) {
            case "none" -> x;
            case "linear" -> graph.linear(x, graph.parameter("weight", Initializer.normal(1), WIDTH, WIDTH));
            case "rms-norm" -> graph.rmsNorm(x, graph.parameter("weight", Initializer.ones(), WIDTH), 1e-6);
            case "gated-gelu" -> graph.gatedGelu(x, x);
            case "attention" -> graph.attention(Attention.of(x, x, x, HEADS).keyMask(graph.feature(Feature.INPUTS)));
            default -> throw new IllegalArgumentException("no operation '" + operation + "'");
        };
    }

    /** Frees its memory. */
    @TearDown
    public void close() {
        program.close();
    }

    /** Once forward and backward. */
    @Benchmark
    public void forwardBackward() {
        program.run();
    }
}
