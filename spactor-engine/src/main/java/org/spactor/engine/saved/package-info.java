/**
 * Plans in files: written where there is SameDiff, read and run where there is none. A single plan is a {@link
 * org.spactor.engine.saved.PlanFile}; all that a model's training needs is a folder of {@link
 * org.spactor.engine.saved.SavedPlans}.
 */
package org.spactor.engine.saved;
