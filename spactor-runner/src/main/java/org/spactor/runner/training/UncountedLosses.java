package org.spactor.runner.training;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Watches for losses that count no token of a batch, of which nothing is learnt: an empty feature, a mask that lets nothing
 * through. Now and then that may happen; in many steps in a row, or in all steps of a run, it is a mistake.
 */
final class UncountedLosses {
    private final String objective;
    private final int limit;
    private final RunListener listener;
    private final Map<String, Integer> inARow = new LinkedHashMap<>();
    private final Set<String> counted = new HashSet<>();

    /**
     * @param objective whose losses these are, for messages
     * @param limit steps in a row in which a loss may count nothing
     */
    UncountedLosses(String objective, int limit, RunListener listener) {
        this.objective = objective;
        this.limit = limit;
        this.listener = listener;
    }

    /**
     * Takes note of a step.
     *
     * @param step number of steps made, this one included
     * @param active the losses that were to be learnt
     * @param uncounted those among them that counted nothing
     * @throws TrainingException if one has counted nothing for too long
     */
    void step(long step, String stage, Set<String> active, Set<String> uncounted) {
        for (String loss : active) {
            if (!uncounted.contains(loss)) {
                counted.add(loss);
                inARow.remove(loss);
                continue;
            }
            int steps = inARow.merge(loss, 1, Integer::sum);
            if (steps == 1) {
                listener.uncounted(step, stage, loss);
            }
            if (steps > limit) {
                throw new TrainingException("step " + step + ": the loss '" + loss + "' of " + objective
                        + " counted no token in " + steps
                        + " steps in a row, and training.non-finite-limit is " + limit + ". " + advice());
            }
        }
    }

    /**
     * Says what was never learnt, when the run is over.
     *
     * @throws TrainingException if a loss that was to be learnt counted nothing in any step
     */
    void end() {
        Set<String> never = new TreeSet<>(inARow.keySet());
        never.removeAll(counted);
        if (!never.isEmpty()) {
            throw new TrainingException("nothing was learnt of the losses " + never + " of " + objective
                    + ": they counted no token in any step. " + advice());
        }
    }

    private static String advice() {
        return "Either the corruptors make nothing for it to count ('spactor preview' shows what they make), or the"
                + " objective counts the wrong thing";
    }
}
