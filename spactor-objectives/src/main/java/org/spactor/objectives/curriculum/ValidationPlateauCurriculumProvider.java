package org.spactor.objectives.curriculum;

import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;

/** Makes the curriculum {@code validation-plateau}, {@link ValidationPlateauCurriculum}. */
public final class ValidationPlateauCurriculumProvider implements CurriculumProvider<ValidationPlateauOptions> {
    @Override
    public String name() {
        return "validation-plateau";
    }

    @Override
    public String summary() {
        return "The hybrid objective until a validation loss stops falling, then span corruption alone";
    }

    @Override
    public Class<ValidationPlateauOptions> optionsType() {
        return ValidationPlateauOptions.class;
    }

    @Override
    public Curriculum create(ValidationPlateauOptions options, CurriculumContext context) {
        HybridWeights weights = options.weights();
        return new ValidationPlateauCurriculum(
                new Plateau(options.loss(), options.patience(), options.minimumImprovement()),
                options.maximumFraction(),
                Stages.hybrid(weights),
                Stages.afterHybrid(weights, options.finalScWeight()));
    }
}
