package org.spactor.objectives.objective;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.objective.Objective;
import org.spactor.api.objective.ObjectiveProvider;

/** Makes the objective {@code spactor}, {@link SpactorObjective}. */
public final class SpactorObjectiveProvider implements ObjectiveProvider<SpactorOptions> {
    @Override
    public String name() {
        return "spactor";
    }

    @Override
    public String summary() {
        return "Span corruption plus replaced token detection by a generator and a discriminator; losses sc, mlm, rtd";
    }

    @Override
    public String source() {
        return "SpacTor-T5 (Ye et al., 2024); ELECTRA (Clark et al., 2020)";
    }

    @Override
    public Class<SpactorOptions> optionsType() {
        return SpactorOptions.class;
    }

    @Override
    public Objective create(SpactorOptions options, ComponentContext context) {
        return new SpactorObjective(options, context.vocabulary());
    }
}
