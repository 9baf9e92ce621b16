package org.spactor.objectives.objective;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.objective.Objective;
import org.spactor.api.objective.ObjectiveProvider;
import org.spactor.objectives.NoOptions;

/** Makes the objective {@code span-corruption}, {@link SpanCorruptionObjective}. */
public final class SpanCorruptionObjectiveProvider implements ObjectiveProvider<NoOptions> {
    @Override
    public String name() {
        return "span-corruption";
    }

    @Override
    public String summary() {
        return "The decoder produces the targets that the corruptors made; one loss, sc";
    }

    @Override
    public String source() {
        return "T5 (Raffel et al., 2020), section 3.1.4";
    }

    @Override
    public Class<NoOptions> optionsType() {
        return NoOptions.class;
    }

    @Override
    public Objective create(NoOptions options, ComponentContext context) {
        return new SpanCorruptionObjective();
    }
}
