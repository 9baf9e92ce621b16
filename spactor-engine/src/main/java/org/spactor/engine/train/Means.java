package org.spactor.engine.train;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.GraphException;
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

    /** The same for losses, whose counts have to make sense. */
    void addLosses(Nd4jExecutable executable, Set<String> losses) {
        losses.forEach(loss -> count(executable, loss));
        add(executable, losses);
    }

    /**
     * How many tokens a loss counted in an executable's last run.
     *
     * @throws GraphException if that is no number of tokens
     */
    static double count(Nd4jExecutable executable, String loss) {
        double count = executable.result(PlanCompiler.countOf(loss)).getDouble(0);
        if (!(count >= 0) || Double.isInfinite(count)) {
            throw new GraphException("the count of the loss '" + loss + "' is " + count
                    + ", but it has to be a number of tokens: finite and not negative");
        }
        return count;
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

    /** Where nothing was counted. */
    Set<String> uncounted() {
        Set<String> uncounted = new LinkedHashSet<>();
        sums.forEach((name, sum) -> {
            if (sum[1] == 0) {
                uncounted.add(name);
            }
        });
        return uncounted;
    }
}
