package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.ScheduleContract;

class WarmUpStableDecayTest extends ScheduleContract {
    static Schedule schedule(long warmUp, double decayShare) {
        WarmUpStableDecay.Options options = new WarmUpStableDecay.Options(warmUp, decayShare);
        return new WarmUpStableDecay().create(options, ComponentContext.of(Vocabulary.sample(3)));
    }

    @Override
    protected Schedule schedule() {
        return schedule(4, 0.2);
    }

    @Test
    void itRisesStaysAndFalls() {
        Schedule schedule = schedule(4, 0.2);
        double[] factors = new double[20];
        for (int step = 0; step < factors.length; step++) {
            factors[step] = schedule.factor(step, factors.length);
        }
        assertThat(factors).containsExactly(0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.75, 0.5, 0.25);
    }

    @Test
    void withoutRiseAndFallItIsConstant() {
        Schedule schedule = schedule(0, 0);
        assertThat(schedule.factor(0, 3)).isEqualTo(1);
        assertThat(schedule.factor(2, 3)).isEqualTo(1);
    }
}
