package org.spactor.engine.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What came of a step.
 *
 * @param losses mean of every active loss over the whole batch, in nats a token, by name; absent where nothing was counted
 * @param metrics mean of every metric over the whole batch, by name
 * @param uncounted active losses that counted nothing in the whole batch; if these are all, no parameter was updated
 * @param gradientNorm Euclidean norm of all gradients together, before clipping
 */
public record StepResult(
        Map<String, Double> losses, Map<String, Double> metrics, Set<String> uncounted, double gradientNorm) {
    public StepResult {
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        uncounted = Collections.unmodifiableSet(new LinkedHashSet<>(uncounted));
    }

    /** Whether all losses and the gradients' norm are numbers. If not, no parameter was updated. */
    public boolean isFinite() {
        return Double.isFinite(gradientNorm) && losses.values().stream().allMatch(Double::isFinite);
    }
}
