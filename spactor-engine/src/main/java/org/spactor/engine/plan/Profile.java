package org.spactor.engine.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the time of a step goes, by kind of work. Not for use by several threads at once. */
public final class Profile {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * What was spent on one kind of work.
     *
     * @param kind kind of instruction, or a name for work that no plan does
     * @param count how often it was done
     * @param nanoseconds how long it took in all
     * @param flops floating-point operations in matrix products
     */
    public record Entry(String kind, long count, long nanoseconds, long flops) {
        private Entry plus(Entry other) {
            return new Entry(kind, count + other.count, nanoseconds + other.nanoseconds, flops + other.flops);
        }
    }

    /** Adds work of one kind that was done so many times. */
    public void add(String kind, long count, long nanoseconds, long flops) {
        entries.merge(kind, new Entry(kind, count, nanoseconds, flops), Entry::plus);
    }

    /** What was added, the longest first. */
    public List<Entry> entries() {
        List<Entry> longestFirst = new ArrayList<>(entries.values());
        longestFirst.sort(Comparator.comparingLong(Entry::nanoseconds).reversed());
        return longestFirst;
    }
}
