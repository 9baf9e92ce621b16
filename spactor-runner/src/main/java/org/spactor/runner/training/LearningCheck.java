package org.spactor.runner.training;

import java.nio.FloatBuffer;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.train.Parameters;

/** Finds out whether a run that was made from its first step to its last has learnt anything. */
final class LearningCheck {
    /** What may help a run whose numbers are not finite. */
    static final String ADVICE = "A smaller learning rate (optimizer.options.learning-rate), a longer warm-up"
            + " (schedule.options.warm-up) or clipping (training.clip-norm) may help";

    private final Parameters parameters;
    private final boolean fromTheStart;
    private final long before;

    /**
     * Takes note of the parameters.
     *
     * @param step number of steps made until now
     */
    LearningCheck(Parameters parameters, long step) {
        this.parameters = parameters;
        this.fromTheStart = step == 0;
        this.before = fromTheStart ? fingerprint() : 0;
    }

    /**
     * Looks at a run that is over.
     *
     * @param steps number of steps made
     * @param skipped how many of them were skipped
     * @throws TrainingException if nothing was learnt in any of them
     */
    void end(long steps, long skipped) {
        if (skipped == steps) {
            throw new TrainingException("nothing was learnt: all " + steps
                    + " steps were skipped, since a loss or gradient was not finite; no checkpoint of the end is written. "
                    + ADVICE);
        }
        if (fromTheStart && fingerprint() == before) {
            throw new TrainingException("nothing was learnt: no step changed any parameter. Either the learning rate"
                    + " (optimizer.options.learning-rate, times the schedule's factor) is too small for a float, or all"
                    + " gradients are zero");
        }
    }

    private long fingerprint() {
        long hash = 17;
        for (DeviceTensor tensor : parameters.tensors().values()) {
            FloatBuffer elements = tensor.host().elements();
            for (int i = 0; i < elements.limit(); i++) {
                hash = 31 * hash + Float.floatToRawIntBits(elements.get(i));
            }
        }
        return hash;
    }
}
