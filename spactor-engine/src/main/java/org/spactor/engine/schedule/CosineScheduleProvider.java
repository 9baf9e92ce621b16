package org.spactor.engine.schedule;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.schedule.ScheduleProvider;

/** Provides the cosine schedule: linear warm-up, then half a cosine from 1 down to the final factor. */
public final class CosineScheduleProvider implements ScheduleProvider<CosineOptions> {
    @Override
    public String name() {
        return "cosine";
    }

    @Override
    public String summary() {
        return "Linear warm-up, then half a cosine down to the end of the run";
    }

    @Override
    public String source() {
        return "Loshchilov and Hutter, SGDR, 2017";
    }

    @Override
    public Class<CosineOptions> optionsType() {
        return CosineOptions.class;
    }

    @Override
    public Schedule create(CosineOptions options, ComponentContext context) {
        return (step, totalSteps) -> {
            if (step < options.warmUp()) {
                return (step + 1.0) / options.warmUp();
            }
            double length = Math.max(1, totalSteps - options.warmUp());
            double progress = Math.min(1, (step - options.warmUp()) / length);
            double cosine = 0.5 * (1 + Math.cos(Math.PI * progress));
            return options.finalFactor() + (1 - options.finalFactor()) * cosine;
        };
    }
}
