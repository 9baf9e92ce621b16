package org.spactor.engine.plan;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A model with some of its losses, planned for batches of one size, and what has to be known to run its plan. Plain data,
 * without a type of SameDiff or of any array library.
 *
 * @param plan leaves {@link PlanNames#sumOf} and {@link PlanNames#countOf} of every loss and metric, and, if it trains,
 *     {@link PlanNames#gradientOf} of every parameter on which the losses depend
 * @param batchSize examples of a run
 * @param features what is read of the examples
 * @param losses names, in the order in which they were declared
 * @param metrics names, in the order in which they were declared
 */
public record PlannedModel(
        Plan plan, int batchSize, List<PlannedFeature> features, Set<String> losses, Set<String> metrics) {
    public PlannedModel {
        features = List.copyOf(features);
        losses = Collections.unmodifiableSet(new LinkedHashSet<>(losses));
        metrics = Collections.unmodifiableSet(new LinkedHashSet<>(metrics));
    }
}
