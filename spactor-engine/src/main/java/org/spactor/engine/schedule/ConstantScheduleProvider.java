package org.spactor.engine.schedule;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.schedule.ScheduleProvider;

/** Provides the constant schedule. */
public final class ConstantScheduleProvider implements ScheduleProvider<WarmUpOptions> {
    @Override
    public String name() {
        return "constant";
    }

    @Override
    public String summary() {
        return "Linear warm-up, then constant";
    }

    @Override
    public Class<WarmUpOptions> optionsType() {
        return WarmUpOptions.class;
    }

    @Override
    public Schedule create(WarmUpOptions options, ComponentContext context) {
        return (step, totalSteps) -> step < options.warmUp() ? options.rising(step) : 1;
    }
}
