package org.spactor.engine.schedule;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.schedule.ScheduleProvider;

/** Provides the inverse square root schedule: 1/√max(step, warm-up). */
public final class InverseSquareRootScheduleProvider implements ScheduleProvider<InverseSquareRootOptions> {
    @Override
    public String name() {
        return "inverse-square-root";
    }

    @Override
    public String summary() {
        return "1/sqrt(step), flat until the warm-up step";
    }

    @Override
    public String source() {
        return "Raffel et al., 2020, section 3.1.2";
    }

    @Override
    public Class<InverseSquareRootOptions> optionsType() {
        return InverseSquareRootOptions.class;
    }

    @Override
    public Schedule create(InverseSquareRootOptions options, ComponentContext context) {
        return (step, totalSteps) -> 1 / Math.sqrt(Math.max(step + 1, options.warmUp()));
    }
}
