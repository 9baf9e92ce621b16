package org.spactor.engine.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.spactor.engine.plan.Profile;

/** How long the parts of a step take that no plan executes. */
final class PhaseTimes {
    private final Map<String, Long> nanoseconds = new LinkedHashMap<>();

    /** Does a part of a step. */
    void time(String phase, Runnable work) {
        long start = System.nanoTime();
        work.run();
        nanoseconds.merge(phase, System.nanoTime() - start, Long::sum);
    }

    /** Adds the times to a profile and forgets them. */
    void addTo(Profile profile) {
        nanoseconds.forEach((phase, time) -> profile.add(phase, 1, time, 0));
        nanoseconds.clear();
    }
}
