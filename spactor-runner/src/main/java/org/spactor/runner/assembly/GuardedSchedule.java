package org.spactor.runner.assembly;

import java.util.function.Supplier;
import org.spactor.api.schedule.Schedule;
import org.spactor.runner.component.ComponentCalls;

/** A schedule whose failures say that they are its. */
final class GuardedSchedule implements Schedule {
    private final Schedule schedule;
    private final ComponentCalls calls;

    GuardedSchedule(Schedule schedule, ComponentCalls calls) {
        this.schedule = schedule;
        this.calls = calls;
    }

    @Override
    public double factor(long step, long totalSteps) {
        Supplier<String> what = () -> "factor(step " + step + " of " + totalSteps + ")";
        double factor = calls.call(what, () -> schedule.factor(step, totalSteps));
        calls.require(factor >= 0 && Double.isFinite(factor), what, () -> factor + " is not within [0, inf)");
        return factor;
    }
}
