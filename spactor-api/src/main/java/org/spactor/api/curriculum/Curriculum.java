package org.spactor.api.curriculum;

import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Decides what every step minimises.
 *
 * <p>A curriculum is a pure function of {@link Progress}: the same progress gives the same plan, on every machine and
 * after every resume. It needs no state of its own, and must not keep any.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Curriculum {
    /**
     * The losses that it weighs at one time or another. Before a run begins they are compared with those of the objective:
     * one that the objective does not have is an error, unless it is optional; one of the objective's that is not among them
     * is never learnt, which the run says.
     */
    List<String> losses();

    /** Those of its losses that an objective need not have; where it does not, their weights count nothing. */
    default Set<String> optionalLosses() {
        return Set.of();
    }

    /**
     * The validation losses that it looks at, by the names that {@link Progress.Validation#losses} has: those of the
     * objective's {@code validationLosses}, and, with the prefix {@code hybrid.}, those of the stage. Others are refused
     * before a run begins.
     */
    default Set<String> watches() {
        return Set.of();
    }

    /** The plan of the step that follows {@code progress.step()} finished steps. */
    StepPlan at(Progress progress);
}
