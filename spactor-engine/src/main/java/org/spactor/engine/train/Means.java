package org.spactor.engine.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.nd4j.Nd4jExecutable;

/** Sums and counts of losses and metrics, collected over replicas and batches. */
final class Means {
    private final Map<String, double[]> sums = new LinkedHashMap<>();

    /** Adds what an executable found in its last run. */
    void add(Nd4jExecutable executable, Set<String> names) {
        for (String name : names) {
            double[] sum = sums.computeIfAbsent(name, n -> new double[2]);
            sum[0] += executable.result(PlanCompiler.sumOf(name)).getDouble(0);
            sum[1] += executable.result(PlanCompiler.countOf(name)).getDouble(0);
        }
    }

    /** The means by name; absent where nothing was counted. */
    Map<String, Double> get() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> {
            if (sum[1] > 0) {
                means.put(name, sum[0] / sum[1]);
            }
        });
        return means;
    }
}
