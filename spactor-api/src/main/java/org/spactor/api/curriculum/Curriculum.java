package org.spactor.api.curriculum;

import org.apiguardian.api.API;

/**
 * Decides what every step minimises.
 *
 * <p>A curriculum is a pure function of {@link Progress}: the same progress gives the same plan, on every machine and
 * after every resume. It needs no state of its own, and must not keep any.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@FunctionalInterface
public interface Curriculum {
    /** The plan of the step that follows {@code progress.step()} finished steps. */
    StepPlan at(Progress progress);
}
