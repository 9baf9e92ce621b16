package org.spactor.cuda;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.spactor.cuda.driver.CudaDevice;
import org.spactor.engine.reference.Backend;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.KernelComparison;
import org.spactor.engine.reference.ProgramRunner;

/** A program that runs the graphs of {@link CudaKernelsTest} on the machine's own card, and prints what is not right. */
public final class CardCheck {
    private static final double TOLERANCE = 1e-5;

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
        }
        System.out.printf(Locale.ROOT, "%d graphs, %d wrong, greatest error %.1e%n", graphs.size(), wrong, worst);
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

    private record Result(double error, String where) {}
}
