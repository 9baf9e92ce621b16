package org.spactor.engine.plan;

import org.spactor.api.corruption.Feature;

/**
 * A feature that a plan reads, as its input {@link PlanNames#inputOf}.
 *
 * @param feature which one of the examples' features
 * @param length its numbers of an example
 * @param least the least number that it may hold: kernels look things up by it without looking at it again
 * @param greatest the greatest number that it may hold
 */
public record PlannedFeature(Feature feature, int length, long least, long greatest) {}
