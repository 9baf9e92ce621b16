package org.spactor.engine.plan;

/**
 * A model that is planned to be trained.
 *
 * @param model whose plan leaves gradients
 * @param counts a small plan of the same features that leaves {@link PlanNames#countOf} of every loss, by which the losses
 *     of a whole batch are divided before any part of it is computed
 * @param accumulates whether runs may add their gradients to those of the run before
 */
public record PlannedTraining(PlannedModel model, Plan counts, boolean accumulates) {}
