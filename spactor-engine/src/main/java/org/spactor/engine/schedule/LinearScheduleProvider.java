package org.spactor.engine.schedule;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.schedule.ScheduleProvider;

/** Provides the linear schedule. */
public final class LinearScheduleProvider implements ScheduleProvider<WarmUpOptions> {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public String summary() {
        return "Linear warm-up, then linearly down to 0 at the end of the run";
    }

    @Override
    public Class<WarmUpOptions> optionsType() {
        return WarmUpOptions.class;
    }

    @Override
    public Schedule create(WarmUpOptions options, ComponentContext context) {
        return (step, totalSteps) -> {
            if (step < options.warmUp()) {
                return options.rising(step);
            }
            return Math.max(0, (double) (totalSteps - step) / Math.max(1, totalSteps - options.warmUp()));
        };
    }
}
