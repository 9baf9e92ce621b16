package org.spactor.api.curriculum;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.spactor.api.component.Names;

/**
 * What a step minimises: the sum of the losses, each multiplied by its weight.
 *
 * @param stage name of the stage the step belongs to, lower case, words joined by hyphens; a change of it is a transition,
 *     which the run reports
 * @param weights weight by loss; a loss of weight 0 or without an entry is not computed
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record StepPlan(String stage, Map<String, Double> weights) {
    public StepPlan {
        Names.requireKebabCase("stage", stage);
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        weights.forEach((loss, weight) -> {
            Names.requireKebabCase("loss", loss);
            if (weight == null || !(weight >= 0) || weight.isInfinite()) {
                throw new IllegalArgumentException(
                        "the weight of loss '" + loss + "' must be finite and not negative, but is " + weight);
            }
        });
    }

    /** The losses with a weight above 0, in alphabetical order. */
    public Set<String> active() {
        Set<String> active = new TreeSet<>();
        weights.forEach((loss, weight) -> {
            if (weight > 0) {
                active.add(loss);
            }
        });
        return Collections.unmodifiableSet(active);
    }

    /** The weights above 0, in alphabetical order of the losses. */
    public Map<String, Double> activeWeights() {
        Map<String, Double> active = new TreeMap<>(weights);
        active.keySet().retainAll(active());
        return Collections.unmodifiableMap(active);
    }
}
