package org.spactor.engine.train;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.backend.Program;
import org.spactor.engine.graph.GraphException;
import org.spactor.engine.plan.PlanNames;

/** Sums and counts of losses and metrics, collected over replicas and batches. */
final class Means {
    private final Map<String, double[]> sums = new LinkedHashMap<>();

    /** Adds what a program found in its last run. */
    void add(Program program, Set<String> names) {
        for (String name : names) {
            double[] sum = sums.computeIfAbsent(name, n -> new double[2]);
            sum[0] += program.numbers(PlanNames.sumOf(name))[0];
            sum[1] += program.numbers(PlanNames.countOf(name))[0];
        }
    }

    /** The same for losses, whose counts have to make sense. */
    void addLosses(Program program, Set<String> losses) {
        losses.forEach(loss -> count(program, loss));
        add(program, losses);
    }

    /**
     * How many tokens a loss counted in a program's last run.
     *
     * @throws GraphException if that is no number of tokens
     */
    static double count(Program program, String loss) {
        double count = program.numbers(PlanNames.countOf(loss))[0];
        if (!(count >= 0) || Double.isInfinite(count)) {
            throw new GraphException("the count of the loss '" + loss + "' is " + count
                    + ", but it has to be a number of tokens: finite and not negative");
        }
        return count;
    }

    /** Sums what was collected over all processes, which have collected under the same names. */
    void sumOver(Reducer reducer) {
        double[] numbers = new double[2 * sums.size()];
        int at = 0;
        for (double[] sum : sums.values()) {
            numbers[at++] = sum[0];
            numbers[at++] = sum[1];
        }
        reducer.sum(numbers);
        at = 0;
        for (double[] sum : sums.values()) {
            sum[0] = numbers[at++];
            sum[1] = numbers[at++];
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
