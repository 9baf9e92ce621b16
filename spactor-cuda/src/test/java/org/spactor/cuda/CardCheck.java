package org.spactor.cuda;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.spactor.cuda.driver.CudaDevice;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.reference.Backend;
import org.spactor.engine.reference.FusedAttentionGraphs;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.KernelComparison;
import org.spactor.engine.reference.ProgramRunner;

/**
 * A program that runs the graphs of {@link CudaKernelsTest} and those of attention on tensor cores on the machine's own
 * card, and prints what is not right.
 */
public final class CardCheck {
    private static final double TOLERANCE = 1e-5;
    /** Of what is rounded to bfloat16 on the way: a unit in its last place. */
    private static final double ROUNDING = 1.0 / 256;

    private CardCheck() {}

    /** Takes no arguments; exits with 1 if a kernel is wrong. */
    public static void main(String[] arguments) {
        int wrong = 0;
        double worst = 0;
        List<GraphCase> graphs = Graphs.all();
        try (CudaDevice device = CudaDevice.open(0, System.getenv())) {
            CudaBackend cuda = new CudaBackend(device);
            System.out.printf("%s, sm_%d, %s%n", device.name(), device.architecture(), device.productLibrary());
            Backend backend = new Backend("cuda", plan -> new ProgramRunner(cuda, plan));
            for (GraphCase graph : graphs) {
                Result result = check(graph, backend);
                worst = Math.max(worst, result.error());
                if (!(result.error() < TOLERANCE)) {
                    wrong++;
                    System.out.println("wrong: " + graph + ": " + result.where());
                }
            }
            for (GraphCase graph : FusedAttentionGraphs.all()) {
                Result result = checkFused(graph, backend);
                System.out.println(graph + ": " + result.where());
                wrong += result.error() < ROUNDING ? 0 : 1;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d graphs, %d wrong, greatest error in float32 %.1e%n",
                graphs.size() + FusedAttentionGraphs.all().size(),
                wrong,
                worst);
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static Result check(GraphCase graph, Backend backend) {
        try {
            KernelComparison.Result worst = Stream.concat(
                            KernelComparison.compare(graph, backend).stream(),
                            KernelComparison.compareEvaluation(graph, backend).stream())
                    .max(Comparator.comparingDouble(KernelComparison.Result::error))
                    .orElseThrow();
            return new Result(worst.error(), worst.name() + ", error " + worst.error());
        } catch (RuntimeException e) {
            return new Result(Double.POSITIVE_INFINITY, e.toString());
        }
    }

    /** The gradients alone: the loss is a sum whose terms cancel. */
    private static Result checkFused(GraphCase graphCase, Backend backend) {
        try {
            ModelGraph graph = graphCase.declare(true);
            Plan plan =
                    new PlanCompiler(new CompilerSettings(Precision.BFLOAT16, Recompute.NONE, true)).training(graph);
            KernelComparison.Result worst =
                    KernelComparison.compare(plan, backend, FusedAttentionGraphs.inputs(graphCase, graph)::feed)
                            .stream()
                            .filter(result -> result.name().startsWith("gradient."))
                            .max(Comparator.comparingDouble(KernelComparison.Result::error))
                            .orElseThrow();
            return new Result(worst.error(), worst.name() + ", error " + worst.error());
        } catch (RuntimeException e) {
            return new Result(Double.POSITIVE_INFINITY, e.toString());
        }
    }

    private record Result(double error, String where) {}
}
