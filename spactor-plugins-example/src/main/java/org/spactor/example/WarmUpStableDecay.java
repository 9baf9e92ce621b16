package org.spactor.example;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.Option;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.schedule.ScheduleProvider;

/**
 * The schedule {@code warm-up-stable-decay}: rises linearly to 1, stays there, and falls linearly towards 0 in the last
 * steps, so that a run can be made longer as long as it has not begun to fall.
 *
 * <p>Source: Hu et al., <i>MiniCPM</i>, 2024, section 4.2.
 */
public final class WarmUpStableDecay implements ScheduleProvider<WarmUpStableDecay.Options> {
    /** Options of the schedule. */
    public record Options(
            @Option(description = "Steps of the rise", defaultValue = "0", range = "[0, inf)")
            long warmUp,

            @Option(
                    description = "Share of all steps in which it falls",
                    defaultValue = "0.1",
                    range = "[0, 1]",
                    source = "MiniCPM")
            double decayShare) {}

    @Override
    public String name() {
        return "warm-up-stable-decay";
    }

    @Override
    public String summary() {
        return "Rises linearly to 1, stays there, and falls linearly at the end";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Schedule create(Options options, ComponentContext context) {
        return (step, totalSteps) -> {
            double rising = (step + 1.0) / Math.max(1, options.warmUp());
            double falling = (totalSteps - step) / Math.max(1, options.decayShare() * totalSteps);
            return Math.min(1, Math.min(rising, falling));
        };
    }
}
