package org.spactor.runner.preview;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.runner.configuration.ComponentChoice;
import org.spactor.runner.configuration.option.OptionsTree;

/** Prints statistics beside what the configuration asked for. */
public final class StatisticsPrinter {
    private static final int MOST_SPAN_LENGTHS = 8;

    /** Options of corruptors that ask for one of the numbers; those of other names say what they say. */
    private static final String NOISE = "noise-density";

    private static final String SPAN = "mean-span-length";
    private static final String MASKED = "rate";

    private final PrintWriter out;

    /** A printer. */
    public StatisticsPrinter(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints.
     *
     * @param segmentTokens tokens of a segment
     * @param promised the greatest lengths that the corruptors promise
     */
    public void print(
            CorruptionStatistics statistics,
            int segmentTokens,
            FeatureLengths promised,
            List<ComponentChoice> corruptors) {
        out.printf(
                Locale.ROOT,
                "%-38s %9s  %s%n",
                String.format(Locale.ROOT, "%,d segments of %,d tokens", statistics.segments(), segmentTokens),
                "measured",
                "asked for");
        row("share of noise", statistics.noiseShare(), asked(corruptors, NOISE));
        if (!statistics.spanLengths().isEmpty()) {
            row("mean length of a span", statistics.meanSpanLength(), asked(corruptors, SPAN));
        }
        for (Feature feature : statistics.features()) {
            if (ExamplePrinter.isPositions(feature)) {
                row("share of " + feature, statistics.shareOfInputs(feature), asked(corruptors, MASKED));
            }
        }
        for (Feature feature : statistics.features()) {
            out.printf(
                    Locale.ROOT,
                    "  %-36s %9.1f  at most %,d%n",
                    "length of " + feature,
                    statistics.meanLength(feature),
                    promised.get(feature));
        }
        spanLengths(statistics.spanLengths());
    }

    private void row(String name, double measured, String asked) {
        out.printf(Locale.ROOT, "  %-36s %9.3f  %s%n", name, measured, asked);
    }

    private void spanLengths(Map<Integer, Integer> counts) {
        if (counts.isEmpty()) {
            return;
        }
        long all = counts.values().stream().mapToLong(Integer::longValue).sum();
        out.print("  spans of");
        double rest = 1;
        int shown = 0;
        for (Map.Entry<Integer, Integer> entry : new TreeMap<>(counts).entrySet()) {
            if (shown == MOST_SPAN_LENGTHS) {
                out.printf(Locale.ROOT, "  more: %.0f%%", 100 * rest);
                break;
            }
            double share = (double) entry.getValue() / all;
            out.printf(Locale.ROOT, "  %d: %.0f%%", entry.getKey(), 100 * share);
            rest -= share;
            shown++;
        }
        out.println();
    }

    /** What the corruptors ask for under a name, with the place if several do; {@code -} if none does. */
    private static String asked(List<ComponentChoice> corruptors, String option) {
        Map<String, Object> asked = new LinkedHashMap<>();
        for (int i = 0; i < corruptors.size(); i++) {
            Object value = OptionsTree.of(corruptors.get(i).options()).get(option);
            if (value != null) {
                asked.put("corruptors[" + i + "]", value);
            }
        }
        if (asked.size() == 1) {
            return asked.values().iterator().next().toString();
        }
        if (asked.isEmpty()) {
            return "-";
        }
        StringBuilder text = new StringBuilder();
        asked.forEach(
                (key, value) -> text.append(key).append(": ").append(value).append("  "));
        return text.toString().stripTrailing();
    }
}
