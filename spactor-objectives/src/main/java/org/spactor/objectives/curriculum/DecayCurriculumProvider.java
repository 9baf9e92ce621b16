package org.spactor.objectives.curriculum;

import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;

/** Makes the curriculum {@code decay}, {@link DecayCurriculum}. */
public final class DecayCurriculumProvider implements CurriculumProvider<DecayOptions> {
    @Override
    public String name() {
        return "decay";
    }

    @Override
    public String summary() {
        return "The hybrid objective, its weights of mlm and rtd falling linearly to 0 at the end of the run";
    }

    @Override
    public Class<DecayOptions> optionsType() {
        return DecayOptions.class;
    }

    @Override
    public Curriculum create(DecayOptions options, CurriculumContext context) {
        if (options.scWeight() == 0) {
            throw new InvalidOptionException(
                    "sc-weight", options.scWeight() + " leaves nothing to learn at the end. Give a weight above 0");
        }
        return new DecayCurriculum(options.weights());
    }
}
