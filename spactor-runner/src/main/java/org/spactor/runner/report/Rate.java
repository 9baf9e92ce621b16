package org.spactor.runner.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How fast a count grows, since it was last asked. */
final class Rate {
    private final Clock clock;
    private Instant last;
    private long lastCount;

    /** A rate of a count that begins at some number. */
    Rate(Clock clock, long count) {
        this.clock = clock;
        this.lastCount = count;
        this.last = clock.instant();
    }

    /** Counts a second since the last call. */
    double of(long count) {
        Instant now = clock.instant();
        double seconds = Math.max(1e-9, Duration.between(last, now).toNanos() * 1e-9);
        double rate = (count - lastCount) / seconds;
        last = now;
        lastCount = count;
        return rate;
    }
}
