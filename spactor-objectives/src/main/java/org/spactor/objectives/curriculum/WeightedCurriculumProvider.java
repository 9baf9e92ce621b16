package org.spactor.objectives.curriculum;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;
import org.spactor.api.curriculum.StepPlan;

/** Makes the curriculum {@code weighted}: any losses of any objective, with the same weights in every step. */
public final class WeightedCurriculumProvider implements CurriculumProvider<WeightedOptions> {
    private static final String STAGE = "weighted";

    @Override
    public String name() {
        return "weighted";
    }

    @Override
    public String summary() {
        return "The losses that are listed, or all of the objective, with the same weights in every step";
    }

    @Override
    public Class<WeightedOptions> optionsType() {
        return WeightedOptions.class;
    }

    @Override
    public Curriculum create(WeightedOptions options, CurriculumContext context) {
        Map<String, Double> weights =
                options.losses().isEmpty() ? evenly(context.losses()) : weights(options.losses(), context.losses());
        return new WeightedCurriculum(new StepPlan(STAGE, weights));
    }

    private static Map<String, Double> evenly(List<String> losses) {
        Map<String, Double> weights = new LinkedHashMap<>();
        losses.forEach(loss -> weights.put(loss, 1.0));
        return weights;
    }

    private static Map<String, Double> weights(List<WeightedLoss> losses, List<String> available) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < losses.size(); i++) {
            WeightedLoss loss = losses.get(i);
            if (!available.contains(loss.name())) {
                throw new InvalidOptionException(
                        "losses[" + i + "].name",
                        "'" + loss.name() + "' is no loss of the objective, which has " + available);
            }
            if (weights.put(loss.name(), loss.weight()) != null) {
                throw new InvalidOptionException(
                        "losses[" + i + "].name", "'" + loss.name() + "' has a weight already. Give it one alone");
            }
        }
        if (weights.values().stream().allMatch(weight -> weight == 0)) {
            throw new InvalidOptionException(
                    "losses", weights.keySet() + " all with weight 0 leave nothing to learn. Give a weight above 0");
        }
        return weights;
    }
}
