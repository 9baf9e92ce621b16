package org.spactor.objectives.curriculum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.Progress.Validation;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.vocabulary.Vocabulary;

/** Runs a curriculum without training anything. */
final class Runs {
    /** The context of a curriculum for the hybrid objective. */
    static final CurriculumContext CONTEXT = CurriculumContext.of(Vocabulary.sample(3), List.of("sc", "mlm", "rtd"));

    private Runs() {}

    /** The plan of one step of a run without validations. */
    static StepPlan at(Curriculum curriculum, long step, long totalSteps) {
        return curriculum.at(new Progress(step, totalSteps, List.of()));
    }

    /** The plans of all steps of a run without validations. */
    static List<StepPlan> plans(Curriculum curriculum, int totalSteps) {
        List<StepPlan> plans = new ArrayList<>();
        for (int step = 0; step < totalSteps; step++) {
            plans.add(at(curriculum, step, totalSteps));
        }
        return plans;
    }

    /** The number of steps before the first that is not hybrid, or all of them. */
    static int hybridSteps(List<StepPlan> plans) {
        int steps = 0;
        while (steps < plans.size() && plans.get(steps).stage().equals("hybrid")) {
            steps++;
        }
        return steps;
    }

    /** Validations of one loss, at the steps 0, 1, 2, …. */
    static List<Validation> validations(String loss, double... values) {
        List<Validation> validations = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            validations.add(new Validation(i, Map.of(loss, values[i])));
        }
        return validations;
    }
}
