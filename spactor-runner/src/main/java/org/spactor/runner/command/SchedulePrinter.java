package org.spactor.runner.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.schedule.ScheduleProvider;
import org.spactor.data.SentencePieceTokenizer;
import org.spactor.runner.component.ComponentCalls;
import org.spactor.runner.configuration.layer.Assignment;
import org.spactor.runner.configuration.layer.ConfigurationLoader;
import org.spactor.runner.configuration.option.OptionsBinder;
import org.spactor.runner.configuration.option.OptionsTree;
import org.spactor.runner.configuration.problem.Problems;
import org.spactor.runner.configuration.problem.ValueOrigin;

/** Prints a schedule as a table with bars: what the optimizer's learning rate is multiplied by over a run. */
final class SchedulePrinter {
    private static final double[] SHARES = {
        0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1
    };
    private static final int BAR = 50;

    private final PrintWriter out;

    SchedulePrinter(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints a schedule.
     *
     * @param calls the way to call the schedule
     * @param assignments the options that are not to have their defaults, by key
     * @param steps number of steps of the run
     * @throws org.spactor.runner.configuration.problem.ConfigurationException if an option is wrong
     */
    <O extends Record> void print(
            ScheduleProvider<O> provider, ComponentCalls calls, Map<String, String> assignments, long steps) {
        O options = options(provider, assignments);
        ComponentContext context =
                ComponentContext.of(SentencePieceTokenizer.bundled().vocabulary());
        Schedule made = calls.call("create()", () -> provider.create(options, context));
        Schedule schedule = (step, total) -> calls.call(() -> "factor(" + step + ")", () -> made.factor(step, total));
        SortedSet<Long> rows = new TreeSet<>();
        for (double share : SHARES) {
            rows.add(Math.round(share * (steps - 1)));
        }
        double largest = rows.stream()
                .mapToDouble(step -> schedule.factor(step, steps))
                .max()
                .orElseThrow();
        out.println();
        out.printf(
                Locale.ROOT, "Factor of the learning rate over %,d steps, with %s:%n", steps, OptionsTree.of(options));
        out.println("        STEP  FACTOR");
        for (long step : rows) {
            double factor = schedule.factor(step, steps);
            int length = largest > 0 ? (int) Math.round(BAR * factor / largest) : 0;
            out.println(String.format(Locale.ROOT, "%,12d  %-10.6f  %s", step, factor, "#".repeat(length))
                    .stripTrailing());
        }
    }

    private static <O extends Record> O options(ScheduleProvider<O> provider, Map<String, String> assignments) {
        Problems problems = new Problems();
        List<Assignment> all = new ArrayList<>();
        assignments.forEach((key, value) -> all.add(Assignment.parse(key, value, ValueOrigin.commandLine("--set"))));
        return new OptionsBinder(problems)
                .bind(provider.optionsType(), ConfigurationLoader.assigned(all, problems))
                .orElseGet(() -> {
                    problems.throwIfAny("the options of schedule '" + provider.name() + "'");
                    throw new IllegalStateException("options that are neither right nor wrong");
                });
    }
}
